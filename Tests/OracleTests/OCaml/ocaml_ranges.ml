(* Where stock OCaml's parser says that things begin and end, and which files it takes.
   Reads file names from stdin, one a line. For each file that parses: "file NAME", then "KIND START END" (byte offsets)
   for the nodes below that stand in the source; else "rejected OFFSET NAME". *)
open Parsetree

let out = Buffer.create 1_000_000

let put kind (l : Location.t) =
  if not l.loc_ghost then
    Buffer.add_string out (Printf.sprintf "%s %d %d\n" kind l.loc_start.pos_cnum l.loc_end.pos_cnum)

let kind_of e =
  match e.pexp_desc with
  | Pexp_apply _ -> "apply" | Pexp_tuple _ -> "tuple" | Pexp_ifthenelse _ -> "if" | Pexp_match _ -> "match"
  | Pexp_try _ -> "try" | Pexp_function _ -> "function" | Pexp_let _ -> "let" | Pexp_fun _ -> "fun"
  | Pexp_record _ -> "record" | Pexp_field _ -> "field-access" | Pexp_while _ -> "while" | Pexp_for _ -> "for"
  | _ -> ""

let iterator =
  let default = Ast_iterator.default_iterator in
  let structure_item self i =
    (match i.pstr_desc with Pstr_attribute _ -> () | _ -> put "structure-item" i.pstr_loc);
    default.structure_item self i
  and signature_item self i =
    (match i.psig_desc with Psig_attribute _ -> () | _ -> put "signature-item" i.psig_loc);
    default.signature_item self i
  and value_binding self b = put "binding" b.pvb_loc; default.value_binding self b
  and type_declaration self t = put "type-declaration" t.ptype_loc; default.type_declaration self t
  and case self c =
    let first = c.pc_lhs.ppat_loc and last = c.pc_rhs.pexp_loc in
    if not (first.loc_ghost || last.loc_ghost) then put "case" { first with loc_end = last.loc_end };
    default.case self c
  and expr self e =
    let kind = kind_of e in
    if kind <> "" then put kind e.pexp_loc;
    default.expr self e
  in
  { default with structure_item; signature_item; value_binding; type_declaration; case; expr;
    attribute = (fun _ _ -> ()) }

let dump file =
  let channel = open_in_bin file in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  let buffer = Lexing.from_string text in
  Location.init buffer file;
  (match
     Lexer.skip_hash_bang buffer;
     if Filename.check_suffix file "i" then iterator.signature iterator (Parse.interface buffer)
     else iterator.structure iterator (Parse.implementation buffer)
   with
   | () -> Printf.printf "file %s\n%s" file (Buffer.contents out)
   | exception _ -> Printf.printf "rejected %d %s\n" buffer.lex_start_p.pos_cnum file);
  Buffer.clear out

let () =
  Lexer.handle_docstrings := false;
  ignore (Warnings.parse_options false "-a");
  try while true do dump (input_line stdin) done with End_of_file -> ()
