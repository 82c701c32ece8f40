let main =
  lwt lamp = Lamp.burn { Lamp.name = "north"; oil = 2 } in
  lwt lamp = Lamp.burn lamp in
  print_endline (Sexplib.Sexp.to_string (Lamp.sexp_of_t lamp));
  Lwt.return_unit

let () = Lwt_main.run main; assert (Plain.twice succ 1 = 3); assert (Wick.height = 100)
