open Sexplib.Std

type t = { street : string; count : int } with sexp
