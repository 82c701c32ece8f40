open OUnit
open Sexplib.Std

type case = {
  title : string;
  input : string with default("");
  wanted : int list;
} with sexp

let cases =
  List.map (<:of_sexp< case >>)
    (Sexplib.Sexp.of_string_many
       "((title empty) (wanted ()))
        ((title \"with sexp\") (input a:b) (wanted (1 2)))")

let packet_round_trip () =
  let p = { Packet.kind = Packet.DATA; origin = "abcd"; serial = 7l; body = "hello" } in
  assert_equal p (Packet.of_cstruct (Packet.to_cstruct p))

let verdict_order () =
  let open Waystone_names in
  assert_bool "TEST before BENCH" (rank TEST <= rank BENCH)

let suite =
  "waystone" >::: [
    "packet" >:: packet_round_trip;
    "verdicts" >:: verdict_order;
    "cases" >:: (fun () -> List.iter (fun c -> assert_bool c.title (c.title <> "")) cases);
  ]

let () = ignore (run_test_tt_main suite)
