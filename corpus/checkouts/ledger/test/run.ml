(* The driver: runs the inline tests of the library, then what follows. *)
open OUnit

type fixture = { name : string; text : string } with sexp

let fixtures = [ { name = "empty"; text = "()" } ]

let check fixture () = assert_equal 0 (List.length (Ledger.Journal.of_string fixture.text))

let () =
  ignore (run_test_tt ("ledger" >::: List.map (fun f -> f.name >:: check f) fixtures));
  Pa_ounit_lib.Runtime.summarize ()
