(** The wire format: a header, then the body. *)

cenum kind { HELLO = 1; DATA; BYE = 0x10 } as uint8_t(sexp)

cstruct header {
  uint8_t  version;
  uint8_t  kind;
  uint16_t length;
  uint8_t  origin[4];
  uint32_t serial
} as big_endian

type origin = string with sexp

type t = {
  kind : kind;
  origin : origin;
  serial : int32;
  body : string;
} with sexp

exception Malformed of string * int

val of_cstruct : Cstruct.t -> t
(** @raise Malformed with what was wrong, and where *)

val to_cstruct : t -> Cstruct.t
val bump : t -> t
val to_string : t -> string
