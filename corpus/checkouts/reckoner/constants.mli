(** Named constants. *)

type t = string * int

val all : t list
val find : string -> int option
