// The C interface of the CaDiCaL SAT solver (Debian and Ubuntu: libcadical-dev).
#include <ccadical.h>
