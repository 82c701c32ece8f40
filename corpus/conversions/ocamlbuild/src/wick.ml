DEFINE INCH = 25

IFDEF TALL THEN
let height = 4 * INCH
ELSE
let height = INCH
END
