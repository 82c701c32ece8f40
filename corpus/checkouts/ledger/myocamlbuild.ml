(* The tag inline_test passes the name of the library to pa_ounit and to pa_bench. *)
open Ocamlbuild_plugin

let () =
  dispatch (function
    | After_rules ->
      flag [ "ocaml"; "compile"; "inline_test" ]
        (S [ A "-ppopt"; A "-pa-ounit-lib"; A "-ppopt"; A "ledger";
             A "-ppopt"; A "-pa-bench-lib"; A "-ppopt"; A "ledger" ]);
      flag [ "ocaml"; "ocamldep"; "inline_test" ]
        (S [ A "-ppopt"; A "-pa-ounit-lib"; A "-ppopt"; A "ledger" ]);
      flag [ "ocaml"; "compile"; "quick" ] (S [ A "-unsafe"; A "-inline"; A "100" ])
    | _ -> ())
