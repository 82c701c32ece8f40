let () =
  let open Sundial.Hours in
  assert (shift 90 noon = { hour = 13; minute = 30 });
  assert (t_of_sexp (sexp_of_t noon) = noon)
