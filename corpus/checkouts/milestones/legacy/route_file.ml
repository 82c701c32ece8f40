(* The old route files: one way a line, "from to miles". *)

open Milestones

type token = Word of string | Number of float | End_of_line

let word_of c s =
  let b = Buffer.create 8 in
  Buffer.add_char b c;
  let rec more = parser
    | [< ''a'..'z' | 'A'..'Z' | '-' as c; s >] -> Buffer.add_char b c; more s
    | [< >] -> Word (Buffer.contents b)
  in
  more s

let number_of c s =
  let b = Buffer.create 8 in
  Buffer.add_char b c;
  let rec more = parser
    | [< ''0'..'9' | '.' as c; s >] -> Buffer.add_char b c; more s
    | [< >] -> Number (float_of_string (Buffer.contents b))
  in
  more s

let rec tokens = parser
  | [< '' ' | '\t'; s >] -> tokens s
  | [< ''\n'; s >] -> Plain.advance (); [< 'End_of_line; tokens s >]
  | [< ''a'..'z' | 'A'..'Z' as c; w = word_of c; s >] -> [< 'w; tokens s >]
  | [< ''0'..'9' as c; n = number_of c; s >] -> [< 'n; tokens s >]
  | [< >] -> [< >]

let rec ways acc = parser
  | [< 'Word from; 'Word to_ ?? "two places"; 'Number miles ?? "a distance"; s >] ->
    ways ({ Way.from; to_; miles; surface = Way.Stone } :: acc) s
  | [< 'End_of_line; s >] -> ways acc s
  | [< >] -> List.rev acc

let of_string text = ways [] (tokens (Stream.of_string text))
