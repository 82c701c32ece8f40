open Sexplib.Std

(* What goes over the air. *)
cstruct frame {
  uint8_t  kind;
  uint16_t station
} as big_endian

type t = { kind : int; station : int } with sexp

let write t =
  let buffer = Cstruct.create sizeof_frame in
  set_frame_kind buffer t.kind;
  set_frame_station buffer t.station;
  buffer

let read buffer = { kind = get_frame_kind buffer; station = get_frame_station buffer }
