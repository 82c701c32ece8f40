(* The daemon. *)

open Lwt

let port = ref 4200
let files = ref []

let usage = "waystoned [-p PORT] TABLE..."

let () =
  Arg.parse [ "-p", Arg.Set_int port, "PORT the port to listen on" ]
    (fun f -> files := f :: !files) usage

let load file =
  lwt lines = Lwt_stream.to_list (Lwt_io.lines_of_file file) in
  return (Route.load (String.concat "\n" lines))

lwt () =
  let files = List.rev !files in
  if files = [] then prerr_endline usage;
  Lwt_list.iter_s (fun file -> load file >> return ()) files

let main () =
  Relay.with_relay !port (fun relay ->
      try_lwt
        Relay.run relay
      with
      | Packet.Malformed (what, at) when at > 0 ->
        Lwt_io.eprintlf "malformed: %s at %d" what at >> exit 1
      | e -> raise_lwt e)

let () = Lwt_main.run (main ())
