open Core_kernel.Std

module Id : sig
  type t with sexp, compare, bin_io

  val of_string : string -> t
  val to_string : t -> string
end = struct
  type t = string with sexp, compare, bin_io

  let of_string s = s
  let to_string t = t
end

type kind =
  | Asset
  | Debt of string
  | Names of string sexp_list
with sexp

type 'a tree = Leaf | Node of 'a tree * 'a * 'a tree with sexp, compare

type t = {
  id : Id.t;
  kind : kind;
  notes : string sexp_option;
  mutable balance : Money.t;
  limit : Money.t option
    with default(None), sexp_drop_if(fun limit -> (* with care *) limit = None);
  on_change : (Money.t -> unit) sexp_opaque
} with
  sexp_of

(* The next declaration has no clause: its `with` belongs to a match. *)
type outcome = Posted | Refused of string

let classify s = match s with "asset" -> Asset | other -> Debt other

let post t amount =
  let balance = Money.plus t.balance amount in
  match t.limit with
  | Some limit when Int64.(balance.Money.units < limit.Money.units) -> Refused "limit"
  | Some _ | None -> t.balance <- balance; t.on_change balance; Posted

module Make (K : sig type t with sexp, compare end) = struct
  type key = K.t with sexp
  type entry = key * t with sexp_of

  let show entries = <:sexp_of< (key * t) list >> entries

  TEST "shows an empty list" = Sexp.to_string (show []) = "()"
end

let ids = List.map ~f:(fun t -> t.id)

let sort_ids = List.sort ~cmp:(<:compare< Id.t >>)

TEST_UNIT "order" =
  assert (sort_ids [Id.of_string "b"; Id.of_string "a"] = List.map ~f:Id.of_string ["a"; "b"])
