(* The table of stations. *)

open Sexplib.Std

module Table = Map.Make (String)

type station = {
  name : string;
  address : string;
  port : int with default(4201);
  tags : string sexp_list;
  via : string sexp_option;
  mutable seen : float
}

and hop = Direct | Through of station * int
with sexp

type event =
  | Added of station
  | Lost of string
with sexp_of

type t = station Table.t

module type ORDERED = sig
  type key with sexp, of_sexp
  val compare : key -> key -> int
end

(* `with type` is no clause, nor is a record update. *)
module Reverse (O : ORDERED with type key = string) = struct
  type key = O.key with sexp
  let compare a b = O.compare b a
end

let empty : t = Table.empty

let add station (t : t) = Table.add station.name station t

let touch now station = { station with seen = now }

let find name (t : t) =
  try Some (Table.find name t) with
  | Not_found -> None

let load text =
  let station_list = <:of_sexp< station list >> (Sexplib.Sexp.of_string text) in
  List.fold_left (fun t s -> add s t) empty station_list

let show (t : t) =
  let pairs = Table.bindings t in
  Sexplib.Sexp.to_string (<:sexp_of< (string * station) list >> pairs)
