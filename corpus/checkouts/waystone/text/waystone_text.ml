(* Text forms of stations.  _oasis declares the syntax of lwt for this
   library, and nothing here uses it any more. *)

let trim = String.trim

let fields line =
  let rec go acc from =
    match (try Some (String.index_from line from ':') with Not_found -> None) with
    | Some at -> go (trim (String.sub line from (at - from)) :: acc) (at + 1)
    | None -> List.rev (trim (String.sub line from (String.length line - from)) :: acc)
  in
  go [] 0

let label name port = Printf.sprintf "%s:%d" name port

let pause () = Lwt.bind (Lwt.return ()) (fun () -> Lwt.return "with lwt, without its syntax")
