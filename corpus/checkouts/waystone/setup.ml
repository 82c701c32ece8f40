(* The dynamic set-up of oasis: everything comes from _oasis at build time. *)
#use "topfind";;
#require "oasis.dynrun";;
open OASISDynRun;;
let () = setup ();;
