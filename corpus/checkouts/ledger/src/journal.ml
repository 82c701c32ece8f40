open Core_kernel.Std

type line = Account.Id.t * Money.t with sexp, bin_io, compare

type entry = {
  when_ : string;
  text : string;
  lines : line list;
} with sexp, bin_io, compare

type t = entry list with sexp, bin_io

exception Unbalanced of entry with sexp

let balanced currency entry =
  Money.is_zero (Money.total currency (List.map entry.lines ~f:snd))

let add currency (t : t) entry : t =
  if balanced currency entry then entry :: t else raise (Unbalanced entry)

let of_string s = <:of_sexp< entry list >> (Sexp.of_string s)

let digest t = Digest.string (Sexp.to_string (<:sexp_of@here< entry list >> t))

TEST "an empty entry balances" =
  balanced Money.EUR { when_ = "1494-11-10"; text = "TEST"; lines = [] }

TEST_UNIT = ignore (of_string "()"); ignore (digest [])
