(* From characters to tokens, as a stream. *)

type token =
  | Int of int
  | Name of string
  | Op of char

exception Bad of char * int

let rec number n = parser
  | [< ''0'..'9' as c; s >] -> number (10 * n + Char.code c - 48) s
  | [< >] -> n

let rec name buffer = parser
  | [< ' ('a'..'z' | 'A'..'Z' | '_' | '\'' as c); s >] -> Buffer.add_char buffer c; name buffer s
  | [< >] -> Buffer.contents buffer

let starting c =
  let buffer = Buffer.create 8 in
  Buffer.add_char buffer c;
  buffer

(* A polymorphic variant type opens with the same bracket as a stream: *)
type blank = [ `Space | `Tab ]

let blank_of : [< blank ] -> char = function `Space -> ' ' | `Tab -> '\t'

let rec tokens = parser bp
  | [< '' ' | '\t' | '\n'; s >] -> [< tokens s >]
  | [< ''0'..'9' as c; n = number (Char.code c - 48); s >] -> [< 'Int n; tokens s >]
  | [< ''a'..'z' | 'A'..'Z' as c; n = name (starting c); s >] -> [< 'Name n; tokens s >]
  | [< ''+' | '-' | '*' | '/' | '^' | '(' | ')' as c; s >] -> [< 'Op c; tokens s >]
  | [< 'c >] -> raise (Bad (c, bp))
  | [< >] -> [< >]

let of_string text = tokens (Stream.of_string text)
