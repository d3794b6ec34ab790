// Botan's C interface; of it only hash functions are used.
#pragma once
#include <botan/ffi.h>
