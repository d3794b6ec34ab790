// What of libsecp256k1 is used: ECDSA on secp256k1 and public keys from signatures.
#pragma once
#include <secp256k1.h>
#include <secp256k1_recovery.h>
