#ifdef IOTATTEST_PROVISIONING
#include "provisioning_port.h"

#include <cstring>

#include "chip.h"
#include "entropy.h"
#include "p256_key.h"
#include "storage.h"

namespace iotattest::esp32
{
namespace
{
bool fill(void*, std::uint8_t* bytes, std::size_t count)
{
    return entropy().fill(bytes, count);
}

constexpr mbedtls::Random Source = {nullptr, fill};

// A chip that cannot hold a P-256 key refuses it before anything is written.
constexpr bool HoldsP256 = KeyAlgorithm == Algorithm::Es256;

bool is_chip_provisioned(void*, bool* provisioned)
{
    return is_provisioned(provisioned);
}

bool make_key(void*, std::uint8_t key[DeviceKeyBytes])
{
    return HoldsP256 && mbedtls::make_key(Source, key);
}

bool public_key(void*, const std::uint8_t key[DeviceKeyBytes], std::uint8_t xy[PublicKeyBytes])
{
    return HoldsP256 && mbedtls::public_key(key, Source, xy);
}

bool store(void*, const std::uint8_t record[IdentityRecordBytes], Algorithm algorithm, const std::uint8_t key[DeviceKeyBytes])
{
    return algorithm == KeyAlgorithm && store_key_and_record(record, key);
}

bool lock(void*)
{
    return lock_key();
}
}

const ProvisioningOps& provisioning_ops()
{
    static constexpr ProvisioningOps Table = {nullptr, is_chip_provisioned, make_key, public_key, store, lock};
    return Table;
}

bool store_record(const std::uint8_t record[IdentityRecordBytes])
{
    std::uint8_t kept[IdentityRecordBytes];
    std::uint64_t boots = 1;
    Storage storage;

    // The counter first: a record without one would be a board that can never boot.
    return storage.open(NVS_READWRITE) && storage.write(BootsKey, 0) && storage.commit() && storage.write(IdentityKey, record, IdentityRecordBytes)
        && storage.commit() && storage.open(NVS_READONLY) && storage.read(BootsKey, &boots) && boots == 0
        && storage.read(IdentityKey, kept, sizeof kept) && std::memcmp(record, kept, sizeof kept) == 0;
}
}
#endif
