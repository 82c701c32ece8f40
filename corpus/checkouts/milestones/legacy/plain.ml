(* In the directory of the old parser, and not preprocessed. *)

type parser = { mutable line : int }

let parser = { line = 0 }

let advance () = parser.line <- parser.line + 1

let text = {|[< 'x >] is no stream here|}
