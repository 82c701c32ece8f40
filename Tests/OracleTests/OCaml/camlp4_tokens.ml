(* What camlp4's lexer makes of files, to hold our tokens against.
   Reads file names from stdin, one a line. For each: "file NAME", then a line "START END KIND" (byte offsets) for every
   token but blanks and line ends, then "end", or "error OFFSET" where the lexer stops,
   or "failure" where it breaks down (numbers of lines that it cannot read). *)
open Camlp4.PreCast
open Camlp4.Sig

let name = function
  | SYMBOL _ | KEYWORD _ -> "symbol" | LIDENT _ | UIDENT _ -> "word" | ESCAPED_IDENT _ -> "escaped"
  | INT _ | INT32 _ | INT64 _ | NATIVEINT _ | FLOAT _ -> "number" | CHAR _ -> "char" | STRING _ -> "string"
  | LABEL _ | OPTLABEL _ -> "label" | QUOTATION _ -> "quotation" | ANTIQUOT _ -> "antiquotation"
  | COMMENT _ -> "comment" | BLANKS _ -> "blanks" | NEWLINE -> "newline" | LINE_DIRECTIVE _ -> "directive"
  | EOI -> "end"

let dump file =
  let channel = open_in_bin file in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  Printf.printf "file %s\n" file;
  let stream = Lexer.mk () (Loc.mk file) (Stream.of_string text) in
  let rec tokens () =
    match Stream.next stream with
    | EOI, _ -> print_string "end\n"
    | (BLANKS _ | NEWLINE), _ -> tokens ()
    | token, l -> Printf.printf "%d %d %s\n" (Loc.start_off l) (Loc.stop_off l) (name token); tokens ()
  in
  try tokens () with
  | Loc.Exc_located (l, _) -> Printf.printf "error %d\n" (Loc.start_off l)
  | Stream.Failure -> print_string "end\n"
  | Failure _ -> print_string "failure\n"

let () =
  try while true do dump (input_line stdin) done with End_of_file -> ()
