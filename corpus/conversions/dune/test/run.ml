open Milk

let main () =
  let bottle = { Bottle.street = "Mill Lane"; count = Plain.dozen } in
  lwt total = Round.deliver [ bottle; bottle ] in
  print_endline (Sexplib.Sexp.to_string (Bottle.sexp_of_t bottle));
  Lwt.return (Printf.printf "%d\n" total)

let () = Lwt_main.run (main ())
