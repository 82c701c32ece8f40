let answer frame =
  lwt () = Lwt.return_unit in
  match_lwt Lwt.return frame.Frame.kind with
  | 0 -> Lwt.return "silence"
  | _ -> Lwt.return "light"
