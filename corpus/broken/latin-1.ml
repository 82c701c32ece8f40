(* déjà vu *)
let été = "été"
type t = int with sexp
