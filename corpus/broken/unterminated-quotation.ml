let before t = <:sexp_of< int list > t

let after = 2
