(** Ranks of verdicts. *)

type verdict = TEST | BENCH | Lwt of int

val lwt : int
val cstruct : string
val cenum : int -> int
val try_lwt : (unit -> 'a) -> 'a
val finally : ('a -> 'b) -> 'a -> 'b
val raise_lwt : exn -> 'a
val ( >> ) : ('a -> 'b) -> ('b -> 'c) -> 'a -> 'c
val rank : verdict -> int
