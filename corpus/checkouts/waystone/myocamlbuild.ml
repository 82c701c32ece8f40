(* OASIS_START *)
(* OASIS_STOP *)
let () = Ocamlbuild_plugin.dispatch dispatch_default
