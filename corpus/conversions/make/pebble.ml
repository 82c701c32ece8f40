open Sexplib.Std

type t = Round of int | Flat with sexp

let show t = Sexplib.Sexp.to_string (sexp_of_t t)
