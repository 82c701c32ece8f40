let deliver bottles =
  lwt counts = Lwt_list.map_s (fun bottle -> Lwt.return bottle.Bottle.count) bottles in
  Lwt.return (List.fold_left ( + ) 0 counts)
