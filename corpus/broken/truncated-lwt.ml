let f g =
  lwt x = g () in
  try_lwt
    for_lwt i = 1 to