let () =
  let ways = Milestones_legacy.Route_file.of_string "basra kufa 260.5\nkufa hira 3\n" in
  assert (Milestones.Way.miles ways = 263.5);
  assert (Milestones_legacy.Plain.parser.line = 2);
  let place = Milestones.Place.(with_height (make "Hira") 3) in
  assert (Milestones.Place.sexp_of_t place |> Milestones.Place.t_of_sexp = place)
