(** The relay: reads datagrams, looks up their station, sends them on. *)

type t

val create : int -> t
val receive : t -> (Packet.t * Unix.sockaddr) Lwt.t
val greet : t -> (string * Unix.sockaddr) list -> unit Lwt.t
val follow : t -> Route.event Lwt_stream.t -> unit Lwt.t
val run : t -> unit Lwt.t
val with_relay : int -> (t -> 'a Lwt.t) -> 'a Lwt.t
val motto : string
