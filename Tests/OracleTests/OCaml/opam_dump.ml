(* The official parser's tree of many opam files, one line a file, to hold ours against.
   Reads from standard input, for each file, a line with its size and then its bytes.
   Strings and words are written as KIND SIZE : BYTES, line ends in them as they are. *)
open OpamParserTypes.FullPos
let out = Buffer.create 65536
let text kind s = Printf.bprintf out "%s%d:%s" kind (String.length s) s
let relop = function
  | `Eq -> "=" | `Neq -> "!=" | `Geq -> ">=" | `Gt -> ">" | `Leq -> "<=" | `Lt -> "<"
let update = function
  | OpamParserTypes.Eq -> "=" | PlusEq -> "+=" | EqPlus -> "=+" | EqPlusEq -> "=+="
  | ColonEq -> ":=" | EqColon -> "=:"
let rec node name values = Printf.bprintf out "(%s" name; List.iter value values; Buffer.add_char out ')'
and value v = match v.pelem with
  | Bool b -> Printf.bprintf out "b%b" b
  | Int i -> Printf.bprintf out "n%d" i
  | String s -> text "s" s
  | Ident s -> text "i" s
  | Relop (op, l, r) -> node (relop op.pelem) [l; r]
  | Prefix_relop (op, v) -> node ("prefix" ^ relop op.pelem) [v]
  | Logop ({ pelem = `And; _ }, l, r) -> node "&" [l; r]
  | Logop ({ pelem = `Or; _ }, l, r) -> node "|" [l; r]
  | Pfxop ({ pelem = `Not; _ }, v) -> node "!" [v]
  | Pfxop ({ pelem = `Defined; _ }, v) -> node "?" [v]
  | List l -> node "list" l.pelem
  | Group l -> node "group" l.pelem
  | Option (v, l) -> node "option" (v :: l.pelem)
  | Env_binding (l, op, r) -> node (update op.pelem) [l; r]
let rec item i = match i.pelem with
  | Variable (name, v) -> text "field" name.pelem; value v
  | Section s ->
    text "section" s.section_kind.pelem;
    Option.iter (fun n -> text "name" n.pelem) s.section_name;
    Buffer.add_char out '{'; List.iter item s.section_items.pelem; Buffer.add_char out '}'
let () =
  set_binary_mode_in stdin true; set_binary_mode_out stdout true;
  try
    while true do
      let size = int_of_string (input_line stdin) in
      let bytes = really_input_string stdin size in
      Buffer.clear out;
      (match OpamParser.FullPos.string bytes "" with
       | file -> List.iter item file.file_contents
       | exception _ -> Buffer.clear out; Buffer.add_string out "rejected");
      Printf.printf "%d\n%s\n" (Buffer.length out) (Buffer.contents out)
    done
  with End_of_file -> ()
