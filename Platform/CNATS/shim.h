#ifndef BURSAR_CNATS_SHIM_H
#define BURSAR_CNATS_SHIM_H

#include <nats/nats.h>

#endif
