module F (X : S with type t = int) : sig val x : int end = struct let x = (module X : S) include M end
open struct end
