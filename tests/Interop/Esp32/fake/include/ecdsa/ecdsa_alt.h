// components/mbedtls/port/include/ecdsa/ecdsa_alt.h
#pragma once

#include <mbedtls/bignum.h>

#ifdef __cplusplus
extern "C"
#endif
int esp_ecdsa_privkey_load_mpi(mbedtls_mpi* key, int efuse_blk);
