type a = int with sexp
type b = int [@@deriving sexp]
let f x = lwt y = x in let%lwt z = y in Lwt.return z
