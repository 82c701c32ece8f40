(* The program: each argument is an expression. *)

let complain what = prerr_endline ("reckoner: " ^ what); exit 1

let reckon text =
  try Printf.printf "%s = %d\n" text (Eval.eval (Grammar.whole (Lexer.of_string text))) with
  | Stream.Failure -> complain "no expression"
  | Stream.Error wanted -> complain ("expected " ^ (if wanted = "" then "something else" else wanted))
  | Lexer.Bad (c, at) -> complain (Printf.sprintf "%C at %d" c at)
  | Eval.Unknown name -> complain ("unknown name " ^ name)

let () =
  match Array.to_list Sys.argv with
  | [] | [_] -> complain ("usage: reckoner EXPRESSION... (" ^ Eval.steps ^ ")")
  | _ :: expressions -> List.iter reckon expressions
