module M = struct
  type t = A | B with sexp
  module N = struct
    let x =
