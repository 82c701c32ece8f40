let before = 1
(* a "string that never ends *)
let after = 2
