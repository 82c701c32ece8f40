(* No preprocessor for this file (see _tags): it has what camlp4 would not take. *)

type side = TEST | BENCH of int

let _here_ = 0
let quote = {q|TEST "x" = with sexp <:sexp_of< t >>|q}
let octal = '\o101'

module type SHOW = sig
  type t
  val show : t -> string
end

let show (type a) (module S : SHOW with type t = a) (x : a) = S.show x

let side_of_string = function
  | "TEST" -> Some TEST
  | s -> (match int_of_string s with n -> Some (BENCH (n + _here_)) | exception Failure _ -> None)
