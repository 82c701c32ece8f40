let cross load =
  for_lwt i = 1 to load do
    Lwt_io.printf "plank %d\n" i
  done
