(* Precedence by one function a level.  The word parser in a comment, and [< 'this >], are no code. *)

open Lexer

type expr =
  | Const of int
  | Var of string
  | Bin of char * expr * expr
  | Neg of expr

let rec sum = parser
  | [< left = product; e = sum_rest left >] -> e

and sum_rest left = parser
  | [< 'Op ('+' | '-' as c); right = product ?? "a term after the sign"; e = sum_rest (Bin (c, left, right)) >] -> e
  | [< >] -> left

and product = parser
  | [< left = power; e = product_rest left >] -> e

and product_rest left = parser
  | [< 'Op ('*' | '/' as c); right = power; e = product_rest (Bin (c, left, right)) >] -> e
  | [< >] -> left

and power = parser
  | [< base = atom; e = power_rest base >] -> e

and power_rest base = parser
  | [< 'Op '^'; exponent = power >] -> Bin ('^', base, exponent)
  | [< >] -> base

and atom = parser
  | [< 'Int n >] -> Const n
  | [< 'Name s >] -> Var s
  | [< 'Op '-'; e = atom >] -> Neg e
  | [< 'Op '('; e = sum; 'Op ')' ?? "a closing parenthesis" >] -> e

let whole s =
  match s with parser
  | [< e = sum; _ = Stream.empty >] -> e

let rec print = function
  | Const n -> [< '(string_of_int n) >]
  | Var s -> [< 's >]
  | Neg e -> [< '"-"; print e >]
  | Bin (c, a, b) -> [< '"("; print a; '(String.make 1 c); print b; '")" >]

let to_string e =
  let b = Buffer.create 16 in
  Stream.iter (Buffer.add_string b) (print e);
  Buffer.contents b
