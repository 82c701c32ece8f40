(* lwt.syntax is off here: every word is a name. *)

let ( >> ) a b = Lwt.bind a (fun _ -> b)
let lwt = Lwt.return
let for_lwt n f = Lwt_list.iter_s f (Array.to_list (Array.init n (fun i -> i)))
let finally = ref false

type t = { mutable try_lwt : int }

let state = { try_lwt = 0 }

let test () =
  let deck = Deck.create 3 in
  for_lwt 3 (fun i -> Deck.load deck (Cargo.make i))
  >> Pilot.shuttle deck Pilot.Near 2 ~unload:(fun c ->
      state.try_lwt <- state.try_lwt + c.Cargo.weight;
      lwt ())

let () =
  Lwt_main.run (test ());
  finally := true;
  assert (state.try_lwt = 3 && !finally)
