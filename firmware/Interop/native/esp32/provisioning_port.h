// For the factory only; compiled into no other build.
#pragma once

#include "provisioning.h"

namespace iotattest::esp32
{
// What the chip does for the factory, the same table at every call.
const ProvisioningOps& provisioning_ops();

// The part that differs by kind of key: provisioning_efuse.cpp, provisioning_stored.cpp. As in ProvisioningOps.
bool is_provisioned(bool* provisioned);
bool store_key_and_record(const std::uint8_t record[IdentityRecordBytes], const std::uint8_t key[DeviceKeyBytes]);
bool lock_key();

// Identity record and a boot counter of zero, durable and read back.
bool store_record(const std::uint8_t record[IdentityRecordBytes]);
}
