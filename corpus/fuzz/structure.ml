let rec f x = function A | B -> x + 1 | C y when y > 0 -> g y; h () | _ -> .
let () = f 1 2
