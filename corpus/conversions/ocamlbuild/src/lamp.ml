open Sexplib.Std

type t = { name : string; oil : Oil.t } with sexp

let burn lamp =
  lwt oil = Oil.use lamp.oil in
  Lwt.return { lamp with oil }
