let x = 1
type t = int with sexp
