(* What is carried.  Stock OCaml would take this file too: lwt.syntax is on, and nothing of it is used. *)

type 'a t = { what : 'a; weight : int }

let make ?(weight = 1) what = { what; weight }

let heavier a b = a.weight > b.weight

let weigh cargoes = List.fold_left (fun sum c -> sum + c.weight) 0 cargoes

let with_weight weight c = { c with weight }
