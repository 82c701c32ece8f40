(* How fast stock OCaml's own lexer and parser are, all files in memory, in one process.
   Reads file names from stdin, one a line.
   "accepted": prints the names of the files that parse.
   "time": prints "lex SECONDS" and "parse SECONDS" of CPU for all of them; a file that fails counts up to there.
   Documentation comments stay comments, which is the faster way. *)

let read file =
  let channel = open_in_bin file in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  (file, text)

let buffer file text =
  let buffer = Lexing.from_string text in
  Location.init buffer file;
  Lexer.skip_hash_bang buffer;
  buffer

let parse (file, text) =
  try
    let buffer = buffer file text in
    if Filename.check_suffix file "i" then ignore (Parse.interface buffer) else ignore (Parse.implementation buffer);
    true
  with _ -> false

let lex (file, text) =
  try
    let buffer = buffer file text in
    Lexer.init ();
    while Lexer.token buffer <> Parser.EOF do () done
  with _ -> ()

let timed name f =
  let start = Sys.time () in
  f ();
  Printf.printf "%s %.6f\n" name (Sys.time () -. start)

let () =
  Lexer.handle_docstrings := false;
  ignore (Warnings.parse_options false "-a");
  let files = ref [] in
  (try while true do files := read (input_line stdin) :: !files done with End_of_file -> ());
  let files = List.rev !files in
  match Sys.argv with
  | [| _; "accepted" |] -> List.iter (fun file -> if parse file then print_endline (fst file)) files
  | _ ->
    timed "lex" (fun () -> List.iter lex files);
    timed "parse" (fun () -> List.iter (fun file -> ignore (parse file)) files)
