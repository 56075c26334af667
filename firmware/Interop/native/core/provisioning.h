// The factory's way to give a board its identity and key, once. Only a provisioning firmware has it, never one that is shipped.
#pragma once

#ifndef IOTATTEST_PROVISIONING
#error "provisioning.h belongs to the provisioning firmware: define IOTATTEST_PROVISIONING for that build and for no other"
#endif
// Kconfig sets the first, the interpreter's sources test the second, and the module's CMake file defines the third (nanoclr/closed_build.h).
#if defined(CONFIG_NF_BUILD_RTM) || defined(BUILD_RTM) || defined(IOTATTEST_CLOSED_BUILD)
#error "IOTATTEST_PROVISIONING excludes CONFIG_NF_BUILD_RTM, BUILD_RTM and IOTATTEST_CLOSED_BUILD: a firmware that is shipped must not accept a key"
#endif

#include "identity_record.h"

namespace iotattest
{
constexpr std::size_t DeviceKeyBytes = 32; // an HMAC key, or a P-256 private scalar, big endian
constexpr std::size_t PublicKeyBytes = 64; // x then y
constexpr std::size_t ProvisioningRequestBytes = 161;

// "provisioned ", kid and public key in hex, a space between them, line feed and a closing 0.
constexpr std::size_t ProvisioningAnswerBytes = 12 + 2 * KeyIdBytes + 1 + 2 * PublicKeyBytes + 1 + 1;

// Answers of the provisioning line. Numbers are stable; new ones go to the end.
enum class ProvisioningError : std::uint8_t
{
    Ok = 0,
    BadRequest = 1,         // not hex, wrong length, magic or check
    BadIdentity = 2,        // a field outside the profile
    AlreadyProvisioned = 3, // the board has an identity or a locked key
    KeyRefused = 4,         // one byte repeated, or not a scalar of P-256, or the chip cannot make or hold such a key
    StoreFailed = 5,        // the chip could not be read or written, or does not read back
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

    // Whether exactly this record and key are on the chip, complete, and only the lock is missing: power was cut before it. Compares the key
    // in constant time. Null where no such state is left behind.
    bool (*awaits_lock)(void* context, const std::uint8_t record[IdentityRecordBytes], const std::uint8_t key[DeviceKeyBytes]) = nullptr;
};

// What one line asks for. Layout of the request in bytes, big endian:
//   0   4  "IAP1"
//   4   1  flags: bit 0 makes the key on the chip, the others are zero
//   5   1  algorithm and
//   6   1  form of oemid, as in the identity record
//   7   1  zero
//   8  49  UEID, class and oemid, as in the identity record
//  57  64  hardware version, as in the identity record
// 121  32  key; all zero when the chip makes it
// 153   8  first bytes of SHA-256 over bytes 0 to 152: finds a damaged line, not an attacker
struct ProvisioningRequest
{
    StoredIdentity identity; // its kid is not part of the request
    bool makes_key;
    std::uint8_t key[DeviceKeyBytes]; // the caller wipes it
};

// Ok, BadRequest, BadIdentity, HashFailed; `request` is all zero unless Ok. Uses the hash of `ops` only.
ProvisioningError decode_request(const Ops& ops, const std::uint8_t* bytes, std::size_t count, ProvisioningRequest* request);

// Gives a board its identity and key. Of `ops` it uses the hash only. Both tables outlive it.
class Provisioner
{
public:
    Provisioner(const Ops& ops, const ProvisioningOps& provisioning) : ops_(ops), provisioning_(provisioning) {}
    Provisioner(const Provisioner&) = delete;
    Provisioner& operator=(const Provisioner&) = delete;

    // Takes "provision HEX" without its line end, hex in small letters. Writes "provisioned KID", for a P-256 key "provisioned KID XY",
    // or "error NUMBER", each with a line feed and a closing 0. Returns the bytes before that 0.
    std::size_t answer(const char* line, std::size_t count, char answer[ProvisioningAnswerBytes]);

private:
    ProvisioningError provision(const char* line, std::size_t count, StoredIdentity* identity, std::uint8_t xy[PublicKeyBytes]);
    ProvisioningError settle_key(ProvisioningRequest* request, std::uint8_t xy[PublicKeyBytes]);
    ProvisioningError keep(const ProvisioningRequest& request);
    ProvisioningError resume(ProvisioningRequest* request, std::uint8_t xy[PublicKeyBytes]);

    const Ops& ops_;
    const ProvisioningOps& provisioning_;
};
}
