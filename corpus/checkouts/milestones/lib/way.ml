open Sexplib0.Sexp_conv

type surface = Sand | Stone | Other of string [@@deriving sexp]

type t = { from : string; to_ : string; miles : float; surface : surface } [@@deriving sexp]

exception Impassable of t * string [@@deriving sexp]

module Distances = Map.Make (String)

let miles ways = List.fold_left (fun sum w -> sum +. w.miles) 0. ways

let table ways =
  let add key m distances =
    Distances.update key (function None -> Some m | Some n -> Some (min m n)) distances
  in
  List.fold_left (fun d w -> add w.to_ w.miles (add w.from w.miles d)) Distances.empty ways

let show ways = Sexplib0.Sexp.to_string ([%sexp_of: t list] ways)

let read sexp =
  let ( let* ) = Option.bind in
  let* ways = match [%of_sexp: t list] sexp with ways -> Some ways | exception _ -> None in
  if ways = [] then None else Some ways
