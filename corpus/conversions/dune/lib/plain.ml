IFDEF GENEROUS THEN
let dozen = 13
ELSE
let dozen = 12
END
