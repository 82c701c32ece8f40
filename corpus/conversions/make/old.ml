IFDEF HEAVY THEN
let weight = 30
ELSE
let weight = 3
END

let () = Printf.printf "%d stone\n" weight
