#ifndef BURSAR_CGMP_SHIM_H
#define BURSAR_CGMP_SHIM_H

// GMP: integers of any size (Debian: libgmp-dev). Its function names are macros, which the importer leaves out; the
// functions behind them (`__gmpz_add`) come into Swift as they are.
#include <stddef.h>

#include <gmp.h>

#endif
