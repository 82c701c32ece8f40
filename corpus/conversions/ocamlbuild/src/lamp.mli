type t = { name : string; oil : Oil.t } with sexp

(** Burns for a while. *)
val burn : t -> t Lwt.t
