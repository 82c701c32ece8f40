(* Where the shadow falls, asked again until the clouds are gone. *)

open Lwt

let rec wait_for_sun look =
  match_lwt look () with
  | Some angle -> return angle
  | None -> Lwt_unix.sleep 60. >> wait_for_sun look

let hour look =
  try_lwt
    lwt angle = wait_for_sun look in
    if angle < 0. then raise_lwt (Invalid_argument "the sun is down")
    else return (Hours.of_minutes (int_of_float (angle *. 4.)))
  with Not_found -> return Hours.noon

let watch look tell =
  for_lwt i = 0 to 23 do
    lwt h = hour look in
    tell (Hours.shift (60 * i) h)
  done
