(* What stock OCaml's lexer makes of files, to hold our tokens against.
   Reads file names from stdin, one a line. For each: "file NAME", then a line "START END KIND" (byte offsets) for every
   token, comments included, then "end", or "error OFFSET" where the lexer stops. *)
let name : Parser.token -> string = function
  | WITH -> "WITH" | WHILE -> "WHILE" | WHEN -> "WHEN" | VIRTUAL -> "VIRTUAL" | VAL -> "VAL"
  | UNDERSCORE -> "UNDERSCORE" | UIDENT _ -> "UIDENT" | TYPE -> "TYPE" | TRY -> "TRY" | TRUE -> "TRUE" | TO -> "TO"
  | TILDE -> "TILDE" | THEN -> "THEN" | STRUCT -> "STRUCT"
  | STRING (_, _, None) -> "STRING" | STRING (_, _, Some _) -> "QUOTED"
  | STAR -> "STAR" | SIG -> "SIG" | SEMISEMI -> "SEMISEMI" | SEMI -> "SEMI" | RPAREN -> "RPAREN" | REC -> "REC"
  | RBRACKET -> "RBRACKET" | RBRACE -> "RBRACE" | QUOTED_STRING_ITEM _ -> "QUOTED_STRING_ITEM"
  | QUOTED_STRING_EXPR _ -> "QUOTED_STRING_EXPR" | QUOTE -> "QUOTE" | QUESTION -> "QUESTION" | PRIVATE -> "PRIVATE"
  | PREFIXOP _ -> "PREFIXOP" | PLUSEQ -> "PLUSEQ" | PLUSDOT -> "PLUSDOT" | PLUS -> "PLUS" | PERCENT -> "PERCENT"
  | OR -> "OR" | OPTLABEL _ -> "OPTLABEL" | OPEN -> "OPEN" | OF -> "OF" | OBJECT -> "OBJECT" | NONREC -> "NONREC"
  | NEW -> "NEW" | MUTABLE -> "MUTABLE" | MODULE -> "MODULE" | MINUSGREATER -> "MINUSGREATER" | MINUSDOT -> "MINUSDOT"
  | MINUS -> "MINUS" | METHOD -> "METHOD" | MATCH -> "MATCH" | LPAREN -> "LPAREN" | LIDENT _ -> "LIDENT"
  | LETOP _ -> "LETOP" | LET -> "LET" | LESSMINUS -> "LESSMINUS" | LESS -> "LESS"
  | LBRACKETPERCENTPERCENT -> "LBRACKETPERCENTPERCENT" | LBRACKETPERCENT -> "LBRACKETPERCENT"
  | LBRACKETLESS -> "LBRACKETLESS" | LBRACKETGREATER -> "LBRACKETGREATER" | LBRACKETBAR -> "LBRACKETBAR"
  | LBRACKETATATAT -> "LBRACKETATATAT" | LBRACKETATAT -> "LBRACKETATAT" | LBRACKETAT -> "LBRACKETAT"
  | LBRACKET -> "LBRACKET" | LBRACELESS -> "LBRACELESS" | LBRACE -> "LBRACE" | LAZY -> "LAZY" | LABEL _ -> "LABEL"
  | INT _ -> "INT" | INITIALIZER -> "INITIALIZER" | INHERIT -> "INHERIT" | INFIXOP4 _ -> "INFIXOP4"
  | INFIXOP3 _ -> "INFIXOP3" | INFIXOP2 _ -> "INFIXOP2" | INFIXOP1 _ -> "INFIXOP1" | INFIXOP0 _ -> "INFIXOP0"
  | INCLUDE -> "INCLUDE" | IN -> "IN" | IF -> "IF" | HASHOP _ -> "HASHOP" | HASH -> "HASH"
  | GREATERRBRACKET -> "GREATERRBRACKET" | GREATERRBRACE -> "GREATERRBRACE" | GREATER -> "GREATER"
  | FUNCTOR -> "FUNCTOR" | FUNCTION -> "FUNCTION" | FUN -> "FUN" | FOR -> "FOR" | FLOAT _ -> "FLOAT" | FALSE -> "FALSE"
  | EXTERNAL -> "EXTERNAL" | EXCEPTION -> "EXCEPTION" | EQUAL -> "EQUAL" | EOL -> "EOL" | EOF -> "EOF" | END -> "END"
  | ELSE -> "ELSE" | DOWNTO -> "DOWNTO" | DOTOP _ -> "DOTOP" | DOTDOT -> "DOTDOT" | DOT -> "DOT" | DONE -> "DONE"
  | DOCSTRING _ -> "DOCSTRING" | DO -> "DO" | CONSTRAINT -> "CONSTRAINT" | COMMENT _ -> "COMMENT" | COMMA -> "COMMA"
  | COLONGREATER -> "COLONGREATER" | COLONEQUAL -> "COLONEQUAL" | COLONCOLON -> "COLONCOLON" | COLON -> "COLON"
  | CLASS -> "CLASS" | CHAR _ -> "CHAR" | BEGIN -> "BEGIN" | BARRBRACKET -> "BARRBRACKET" | BARBAR -> "BARBAR"
  | BAR -> "BAR" | BANG -> "BANG" | BACKQUOTE -> "BACKQUOTE" | ASSERT -> "ASSERT" | AS -> "AS" | ANDOP _ -> "ANDOP"
  | AND -> "AND" | AMPERSAND -> "AMPERSAND" | AMPERAMPER -> "AMPERAMPER"

let read file =
  let channel = open_in_bin file in
  let text = really_input_string channel (in_channel_length channel) in
  close_in channel;
  text

let dump file =
  let text = read file in
  let buffer = Lexing.from_string text in
  Location.init buffer file;
  Lexer.init ();
  Printf.printf "file %s\n" file;
  let put kind (l : Location.t) = Printf.printf "%d %d %s\n" l.loc_start.pos_cnum l.loc_end.pos_cnum kind in
  let rec tokens () =
    match Lexer.token_with_comments buffer with
    | EOF -> print_string "end\n"
    | EOL -> tokens ()
    | COMMENT (_, l) -> put "COMMENT" l; tokens ()
    | DOCSTRING d -> put "DOCSTRING" (Docstrings.docstring_loc d); tokens ()
    | token -> put (name token) (Location.curr buffer); tokens ()
  in
  try Lexer.skip_hash_bang buffer; tokens ()
  with Lexer.Error (_, l) -> Printf.printf "error %d\n" l.loc_start.pos_cnum

let () =
  ignore (Warnings.parse_options false "-a");
  try while true do dump (input_line stdin) done with End_of_file -> ()
