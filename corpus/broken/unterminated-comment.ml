let before = 1

type t = int with sexp

(* opened (* twice *) and closed once
let after = 2
type u = t with sexp
