(** The table of stations. *)

type station = {
  name : string;
  address : string;
  port : int;
  tags : string list;
  via : string option;
  mutable seen : float
}

and hop = Direct | Through of station * int
with sexp

type event = Added of station | Lost of string with sexp_of

type t

val empty : t
val add : station -> t -> t
val touch : float -> station -> station
val find : string -> t -> station option
val load : string -> t
val show : t -> string
