open Core_kernel.Std

type currency = EUR | GBP | Other of string with sexp, bin_io, compare

type t = { units : Int64.t; currency : currency } with sexp, bin_io, compare

exception Mixed of currency * currency

type rounding = Up | Down | Even with sexp_of

val zero : currency -> t
val is_zero : t -> bool
val plus : t -> t -> t
val negate : t -> t
val total : currency -> t list -> t
val equal : t -> t -> bool
val to_string : t -> string
val fail_here : string -> unit
