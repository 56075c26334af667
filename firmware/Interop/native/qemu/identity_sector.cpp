#include "identity_sector.h"

#include "linker_symbols.h"

namespace iotattest::qemu
{
bool read_identity(const Ops& ops, StoredIdentity* identity)
{
    StoredIdentity decoded;
    if (!decode_identity(ops, identity_start, IdentityRecordBytes, &decoded) || decoded.algorithm != Algorithm::Hmac256)
    {
        return false;
    }

    *identity = decoded;
    return true;
}

const std::uint8_t* hmac_key()
{
    return identity_start + IdentityRecordBytes;
}
}
