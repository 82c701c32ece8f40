# 1 "other.ml"
let x = 1
# 7
type t = int with sexp
  # 9 "indented.ml"
let y = 2
#