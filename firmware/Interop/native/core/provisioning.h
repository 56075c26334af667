// The factory's way to give a board its identity and key, once. Only a provisioning firmware has it, never one that is shipped.
#pragma once

#ifndef IOTATTEST_PROVISIONING
#error "provisioning.h belongs to the provisioning firmware: define IOTATTEST_PROVISIONING for that build and for no other"
#endif
#ifdef CONFIG_NF_BUILD_RTM
#error "IOTATTEST_PROVISIONING and CONFIG_NF_BUILD_RTM exclude each other: a firmware that is shipped must not accept a key"
#endif

#include "identity_record.h"

namespace iotattest
{
constexpr std::size_t DeviceKeyBytes = 32; // an HMAC key, or a P-256 private scalar, big endian
constexpr std::size_t PublicKeyBytes = 64; // x then y
constexpr std::size_t ProvisioningRequestBytes = 161;

// Answers of the provisioning line. Numbers are stable; new ones go to the end.
enum class ProvisioningError : std::uint8_t
{
    Ok = 0,
    BadRequest = 1,         // not hex, wrong length, magic or check
    BadIdentity = 2,        // a field outside the profile
    AlreadyProvisioned = 3, // the board has an identity or a locked key
    KeyRefused = 4,         // zero, or not a scalar of P-256, or the chip cannot make or hold such a key
    StoreFailed = 5,        // could not be written or does not read back
    LockFailed = 6,         // written but not locked: scrap the board or provision another chip
    HashFailed = 7,
};

// What a port implements for the factory, beside Ops. Each function returns false on failure.
struct ProvisioningOps
{
    void* context;

    // Whether an identity, or a key that cannot be replaced, is on the chip. Read from the chip.
    bool (*is_provisioned)(void* context, bool* provisioned);

    // Makes a P-256 key from the chip's own randomness (with its noise source on). A chip that has none answers false.
    bool (*make_key)(void* context, std::uint8_t key[DeviceKeyBytes]);

    // The public half of a P-256 key; false when it is no scalar of the curve.
    bool (*public_key)(void* context, const std::uint8_t key[DeviceKeyBytes], std::uint8_t xy[PublicKeyBytes]);

    // Makes both durable; what can be read back is compared. After a power cut in between is_provisioned answers false, or
    // true with both complete.
    bool (*store)(void* context, const std::uint8_t record[IdentityRecordBytes], Algorithm algorithm, const std::uint8_t key[DeviceKeyBytes]);

    // Read-protects and write-protects the key. Cannot be undone.
    bool (*lock)(void* context);
};
}
