lwt x = f () in try_lwt g x >> h with E -> return () finally i ()
let y = for_lwt i = 0 to 1 do a done
