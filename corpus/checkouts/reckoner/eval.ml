(* The value of an expression. *)

open Grammar

DEFINE LIMIT = 62
DEFINE SQUARE(x) = (let y = x in y * y)

IFDEF TRACE THEN
let trace e n = prerr_endline (to_string e ^ " = " ^ string_of_int n); n
ELSE
let trace _ n = n
END

IFNDEF TRACE THEN
let quiet = true
END

exception Unknown of string

let rec power b n =
  if n = 0 then 1
  else if n mod 2 = 0 then SQUARE(power b (n / 2))
  else b * power b (n - 1)

let rec eval e =
  let n =
    match e with
    | Const n -> n
    | Neg e -> - (eval e)
    | Var s ->
      begin match Constants.find s with
        | Some n -> n
        | None -> raise (Unknown s)
      end
    | Bin ('+', a, b) -> eval a + eval b
    | Bin ('-', a, b) -> eval a - eval b
    | Bin ('*', a, b) -> eval a * eval b
    | Bin ('/', a, b) -> eval a / eval b
    | Bin (_, a, b) ->
      let n = eval b in
      if n < 0 || n > LIMIT then invalid_arg "exponent" else power (eval a) n
  in
  trace e n

let steps = IFDEF TRACE THEN "IFDEF says TRACE" ELSE "quiet" END
