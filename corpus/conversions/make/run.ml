let throw n =
  lwt m = Lwt.return (n + 1) in
  Lwt.return (string_of_int m)

let () =
  print_endline (Lwt_main.run (throw 1));
  print_endline "done"
