open Sexplib.Std

type t = int with sexp

exception Empty with sexp

let use t =
  try_lwt
    if t = 0 then raise_lwt Empty else Lwt.return (t - 1)
  with Empty -> Lwt.return 0
