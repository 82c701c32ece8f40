type 'a t = A of int * string | B : { x : 'a; mutable y : int } -> 'a t and u = { z : 'a. 'a -> 'a [@foo] }
