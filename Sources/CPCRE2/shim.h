// PCRE2 for bytes: old build files are often Latin-1.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
