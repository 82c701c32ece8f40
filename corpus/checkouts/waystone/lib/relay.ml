(* The relay itself: one loop that reads, looks up, and sends on. *)

open Lwt

let section = Lwt_log.Section.make "relay"

type t = {
  socket : Lwt_unix.file_descr;
  mutable table : Route.t;
  mutable passed : int;
}

let buffer_size = 65536

let create port =
  let socket = Lwt_unix.socket Unix.PF_INET Unix.SOCK_DGRAM 0 in
  Lwt_unix.bind socket (Unix.ADDR_INET (Unix.inet_addr_any, port));
  { socket; table = Route.empty; passed = 0 }

let receive t =
  let bytes = Bytes.create buffer_size in
  lwt (len, from) = Lwt_unix.recvfrom t.socket bytes 0 buffer_size [] in
  if len = 0 then raise_lwt (Packet.Malformed ("empty", 0))
  else
    let packet = Packet.of_cstruct (Cstruct.of_string (Bytes.sub_string bytes 0 len)) in
    return (packet, from)

let send t packet address =
  let text = Bytes.of_string (Cstruct.to_string (Packet.to_cstruct packet)) in
  lwt sent = Lwt_unix.sendto t.socket text 0 (Bytes.length text) [] address
  and () = Lwt_log.debug_f ~section "to %s" packet.Packet.origin in
  assert_lwt (sent > 0)

let address_of station =
  match_lwt Lwt_unix.getaddrinfo station.Route.address (string_of_int station.Route.port) [] with
  | [] -> fail Not_found
  | info :: _ -> return info.Unix.ai_addr

let pass t packet =
  match Route.find packet.Packet.origin t.table with
  | None -> Lwt_log.warning_f ~section "no way to %s" packet.Packet.origin
  | Some station ->
    try_lwt
      lwt address = address_of station in
      send t (Packet.bump packet) address
    with
    | Not_found -> Lwt_log.warning ~section "nobody there" >> return ()
    | Unix.Unix_error (Unix.EAGAIN, _, _) -> return_unit
    finally
      t.passed <- t.passed + 1;
      return ()

let greet t stations =
  for_lwt i = 1 to 3 do
    Lwt_list.iter_s (fun (name, address) ->
        let hello = { Packet.kind = Packet.HELLO; origin = name; serial = Int32.of_int i; body = "" } in
        send t hello address)
      stations >> Lwt_unix.sleep 0.1
  done

let follow t events =
  for_lwt event in events do
    match event with
    | Route.Added station -> t.table <- Route.add station t.table; return ()
    | Route.Lost _ -> return ()
  done

let run t =
  let stop = ref false in
  while_lwt not !stop do
    lwt packet, _from = receive t in
    match packet.Packet.kind with
    | Packet.BYE -> stop := true; return ()
    | Packet.HELLO | Packet.DATA -> pass t packet
  done >> Lwt_unix.close t.socket

let with_relay port f =
  let t = create port in
  try_lwt f t finally Lwt_unix.close t.socket

(* let late = lwt x = f () in raise_lwt x
   "try_lwt" is a word in a string, (* lwt *) and in a nested comment *)
let motto = "lwt x = y in TEST = z >> w (* raise_lwt *)"
