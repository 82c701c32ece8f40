(* With the dynamic set-up, oasis brings the rules. *)
let () = Ocamlbuild_plugin.dispatch OASISDynRun.MyOCamlbuildBase.dispatch_default
