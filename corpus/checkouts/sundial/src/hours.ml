open Sexplib.Std

type t = { hour : int; minute : int } [@@deriving sexp]

let noon = { hour = 12; minute = 0 }

let minutes t = (60 * t.hour) + t.minute

let of_minutes m = { hour = m / 60; minute = m mod 60 }

(* lwt and with are words of this comment *)
let shift n t = of_minutes (minutes t + n)

let show t = Sexplib.Sexp.to_string ([%sexp_of: t] t)
