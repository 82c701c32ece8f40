type = int with sexp
let = 3
module = struct end
exception with sexp
cstruct { uint8_t x } as big_endian
lwt = 3
let after = 2
