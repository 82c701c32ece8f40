let before = 1
type t = int with sexp
let s = "never closed
let after = 2
