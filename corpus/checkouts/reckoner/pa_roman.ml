(* The quotation <:roman< XIV >>: a Roman number, read while preprocessing.
   Written against the library of camlp4, in plain OCaml. *)

open Camlp4.PreCast

let value_of_digit = function
  | 'I' -> 1 | 'V' -> 5 | 'X' -> 10 | 'L' -> 50
  | 'C' -> 100 | 'D' -> 500 | 'M' -> 1000
  | c -> failwith (Printf.sprintf "%C is no Roman digit" c)

let value text =
  let rec go i before sum =
    if i < 0 then sum
    else
      match text.[i] with
      | ' ' | '\n' -> go (i - 1) before sum
      | c ->
        let v = value_of_digit c in
        go (i - 1) (max before v) (if v < before then sum - v else sum + v)
  in
  go (String.length text - 1) 0 0

let expand loc _name text = Ast.ExInt (loc, string_of_int (value text))

let () = Syntax.Quotation.add "roman" Syntax.Quotation.DynAst.expr_tag expand
