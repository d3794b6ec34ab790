#ifndef BURSAR_CMPFR_SHIM_H
#define BURSAR_CMPFR_SHIM_H

// MPFR: correctly rounded binary floating point of any precision (Debian: libmpfr-dev). GMP's types come from its own
// module: without this they would be two of each.
#include "../CGMP/shim.h"

#include <mpfr.h>

#endif
