let x = if a then b else c; d.(1) <- e :: [] @ [1; 2]; { r with M.f = 1; g };;
let%lwt y = z in [%foo bar] [@@@y] [%%z type t];;
