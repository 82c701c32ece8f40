let main () =
  lwt () = Raft.cross 2 in
  Lwt_io.printl "across"

let () = Lwt_main.run (main ())
