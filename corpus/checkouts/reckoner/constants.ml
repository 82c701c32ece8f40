type t = string * int

let all = [
  "M", <:roman< M >>;
  "x", <:roman<X>>;
  "year", <:roman<
    MCM
    XVI
  >>;
  "mark", Char.code '<'
]

let find name =
  try Some (List.assoc name all) with
  | Not_found -> None
