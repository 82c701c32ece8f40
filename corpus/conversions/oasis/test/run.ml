let main () =
  let frame = { Frame.kind = 1; station = 513 } in
  lwt word = Keeper.answer (Frame.read (Frame.write frame)) in
  print_endline (String.concat ", " Names.all);
  print_endline (Sexplib.Sexp.to_string (Frame.sexp_of_t frame) ^ " " ^ word);
  Lwt.return_unit

let () = Lwt_main.run (main ())
