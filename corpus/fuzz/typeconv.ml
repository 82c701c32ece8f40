type t = A with sexp, bin_io
cstruct h { uint8_t a; uint16_t b[2] } as big_endian
TEST "x" = 1 = 1
