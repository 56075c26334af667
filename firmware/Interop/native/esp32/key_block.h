#pragma once

#include "chip.h"

#if !IOTATTEST_KEY_STORED
namespace iotattest::esp32
{
// The eFuse block with the device key: the only one of its purpose, and read-protected. False otherwise: with two, hardware and verifier
// may mean different ones, and a readable key is no secret of the chip.
bool find_device_key(esp_efuse_block_t* block);

// How many blocks have that purpose, in whatever state.
int count_device_keys(esp_efuse_block_t* last);
}
#endif
