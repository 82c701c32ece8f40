let () =
  let ways =
    Milestones_legacy.Route_file.of_string (In_channel_compat.read_all stdin)
  in
  Printf.printf "%g miles\n%s\n" (Milestones.Way.miles ways) (Milestones.Way.show ways)
