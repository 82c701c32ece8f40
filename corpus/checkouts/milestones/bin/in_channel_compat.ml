(* In_channel came with OCaml 4.14. *)
let read_all ic =
  let b = Buffer.create 4096 in
  (try while true do Buffer.add_channel b ic 1 done with End_of_file -> ());
  Buffer.contents b
