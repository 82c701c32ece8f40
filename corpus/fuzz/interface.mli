val f : ?a:int -> b:(int -> 'c) -> < m : int; .. > as 'd
exception E of t
module type S = sig type t = private [> `A ] end
