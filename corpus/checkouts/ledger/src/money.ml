TYPE_CONV_PATH "Ledger.Money"

open Core_kernel.Std

(* Amounts in the smallest unit: never a float.
   (* TEST "no" = false is commented out, with sexp and all *) *)

type currency = EUR | GBP | Other of string with sexp, bin_io, compare

type t = {
  units : Int64.t;
  currency : currency with default(EUR), sexp_drop_default;
} with sexp, bin_io, compare

exception Mixed of currency * currency with sexp

type rounding = Up | Down | Even
with sexp_of

let zero currency = { units = 0L; currency }

let is_zero t = Int64.equal t.units 0L

let plus a b =
  if compare_currency a.currency b.currency <> 0 then raise (Mixed (a.currency, b.currency));
  { a with units = Int64.(a.units + b.units) }

let negate t = { t with units = Int64.neg t.units }

let total currency ts = List.fold ts ~init:(zero currency) ~f:plus

let equal a b = <:compare< t >> a b = 0

let to_string t = Sexp.to_string (<:sexp_of< t >> t)

let fail_here why = failwithf "%s: %s" (Source_code_position.to_string _here_) why ()

TEST "zero is neutral" = equal (plus (zero EUR) { units = 3L; currency = EUR }) { units = 3L; currency = EUR }

TEST = is_zero (zero GBP)

TEST_UNIT "mixed currencies" =
  try ignore (plus (zero EUR) (zero GBP)); fail_here "TEST expected Mixed" with
  | Mixed (EUR, GBP) -> ()

TEST_MODULE "negation" = struct
  let one = { units = 1L; currency = Other "XAU" }

  TEST = is_zero (plus one (negate one))

  TEST_UNIT =
    ignore (negate one);
    ignore (total one.currency [one; one]);
end

BENCH "plus" = plus (zero EUR) (zero EUR)

BENCH_FUN "total" =
  let ts = List.init 100 ~f:(fun i -> { units = Int64.of_int i; currency = EUR }) in
  fun () -> total EUR ts

BENCH_INDEXED "total of n" n [10; 100; 1000] =
  let ts = List.init n ~f:(fun i -> { units = Int64.of_int i; currency = GBP }) in
  fun () -> ignore (total GBP ts)
