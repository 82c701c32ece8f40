let before = 1
<<<<<<< HEAD
type t = int with sexp
=======
type t = int [@@deriving sexp]
>>>>>>> migrate
let after = 2
