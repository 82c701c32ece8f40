(* Was `type t = {...} with sexp` until the move. *)

open Sexplib0.Sexp_conv

type t = {
  name : string;
  height : int; [@default 0] [@sexp_drop_default ( = )]
  also : string list; [@sexp.list]
}
[@@deriving sexp]

let make ?(also = []) ?(height = 0) name = { name; height; also }

let known t name = t.name = name || List.mem name t.also

let with_height t height = { t with height }
