(* The deck: a bounded queue. *)

type 'a t = {
  capacity : int;
  queue : 'a Cargo.t Queue.t;
  changed : unit Lwt_condition.t;
}

exception Full of int

let create capacity = { capacity; queue = Queue.create (); changed = Lwt_condition.create () }

let weight t = Queue.fold (fun sum c -> sum + c.Cargo.weight) 0 t.queue

let rec load t cargo =
  if cargo.Cargo.weight > t.capacity then raise_lwt (Full cargo.Cargo.weight)
  else if weight t + cargo.Cargo.weight <= t.capacity then begin
    Queue.push cargo t.queue;
    Lwt_condition.broadcast t.changed ();
    Lwt.return ()
  end
  else Lwt_condition.wait t.changed >> load t cargo

let rec unload t =
  if Queue.is_empty t.queue then Lwt_condition.wait t.changed >> unload t
  else
    let cargo = Queue.pop t.queue in
    Lwt_condition.broadcast t.changed ();
    Lwt.return cargo

let drain t f =
  while_lwt not (Queue.is_empty t.queue) do
    lwt cargo = unload t in
    lwt () = f cargo
    and () = Lwt_main.yield () in
    Lwt.return ()
  done
