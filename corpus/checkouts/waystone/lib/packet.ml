(* The wire format.  A header of twelve bytes, then the body.

   The names cstruct, cenum, lwt and `with sexp` stand in this comment only
   as words; so does "cenum x { A } as uint8_t", string and all. *)

open Sexplib.Std

cenum kind {
  HELLO = 1;
  DATA;              (* 2 *)
  BYE   = 0x10
} as uint8_t(sexp)

cstruct header {
  uint8_t  version;
  uint8_t  kind;
  uint16_t length;
  uint8_t  origin[4];
  uint32_t serial
} as big_endian

cstruct trailer { uint16_t checksum; uint16_t reserved; } as little_endian

type origin = string with sexp

type t = {
  kind : kind;
  origin : origin;
  serial : int32 with default(0l), sexp_drop_default;
  body : string;
} with sexp

exception Malformed of string * int with sexp

let malformed what at = raise (Malformed (what, at))

let kind_of_sexp_default = function
  | Some s -> kind_of_sexp s
  | None -> DATA

let of_cstruct buf =
  if Cstruct.len buf < sizeof_header then malformed "short header" (Cstruct.len buf);
  let kind =
    match int_to_kind (get_header_kind buf) with
    | Some k -> k
    | None -> malformed "kind" (get_header_kind buf)
  in
  let length = get_header_length buf in
  let body = Cstruct.shift buf sizeof_header in
  if Cstruct.len body < length then malformed "with too short a body" length;
  { kind;
    origin = copy_header_origin buf;
    serial = get_header_serial buf;
    body = Cstruct.to_string (Cstruct.sub body 0 length) }

let to_cstruct p =
  let length = String.length p.body in
  let buf = Cstruct.create (sizeof_header + length) in
  set_header_version buf 1;
  set_header_kind buf (kind_to_int p.kind);
  set_header_length buf length;
  set_header_origin p.origin 0 buf;
  set_header_serial buf p.serial;
  Cstruct.blit_from_string p.body 0 buf sizeof_header length;
  buf

let bump p = { p with serial = Int32.succ p.serial }

let to_string p = Sexplib.Sexp.to_string_hum (<:sexp_of< t >> p)
