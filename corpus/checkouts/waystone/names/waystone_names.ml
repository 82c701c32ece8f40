(* No preprocessor here: these words are ordinary names. *)

type verdict = TEST | BENCH | Lwt of int

let lwt = 1
let cstruct = "cstruct"
let cenum x = x + lwt
let try_lwt f = f ()
let finally f x = f x
let parser = TEST
let raise_lwt e = raise e

let ( >> ) f g x = g (f x)

let twice = cenum >> cenum

let rank = function
  | TEST -> lwt
  | BENCH -> finally cenum lwt
  | Lwt n -> n lsl 1

let shift x = x lsl 2

(* Quotations of camlp4 in a comment, with a bare pair of marks: <:sexp_of< int >> and a << b *)
let text = "<:sexp_of< t >> with sexp"

let best = try_lwt (fun () -> max (rank parser) (rank BENCH))
