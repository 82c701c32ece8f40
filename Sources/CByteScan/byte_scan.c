/* Everything is in the header, so that it can become part of the loops that use it. */
#include "byte_scan.h"
