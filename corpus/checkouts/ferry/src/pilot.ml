(* The pilot: takes the ferry over, come what may. *)

open Lwt

type bank = Near | Far

let other = function Near -> Far | Far -> Near

let log fmt = Printf.ksprintf (fun s -> Lwt_io.eprintl ("pilot: " ^ s)) fmt

let cross deck ~from ~unload =
  try_lwt
    for_lwt minute = 3 downto 1 do
      log "%d minutes to the other bank" minute >> Lwt_unix.sleep 0.01
    done >>
    Deck.drain deck unload >>
    return (other from)
  with
  | Unix.Unix_error (Unix.EPIPE, _, _) -> return from
  | Failure why when why <> "" -> log "aground: %s" why >> return from
  finally log "moored (lwt, try_lwt and >> are words here)"

let rec shuttle deck bank trips ~unload =
  match_lwt cross deck ~from:bank ~unload with
  | Near when trips <= 0 -> return ()
  | Near | Far as bank -> shuttle deck bank (trips - 1) ~unload

let manifest stream =
  let total = ref 0 in
  for_lwt { Cargo.weight; _ } in stream do
    (total := !total + weight; return ())
  done >> assert_lwt !total >= 0

(* The module runs its own small test when it is linked. *)
lwt () = if Array.length Sys.argv > 1000 then log "too many words" else return ()
lwt near = return Near and far = return Far

let () = assert (near <> far)
