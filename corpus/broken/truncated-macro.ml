IFDEF DEBUG THEN
let a = 1
ELSE
let b =