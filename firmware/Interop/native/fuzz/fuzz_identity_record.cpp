// Identity records: what is refused leaves the identity alone, what is accepted encodes to the very same bytes and lies in the profile.
#include <cstring>

#include "claims.h"
#include "digest.h"
#include "hash.h"
#include "identity_record.h"
#include "input.h"

namespace
{
using namespace iotattest;
using namespace iotattest::fuzz;

constexpr std::size_t CheckAt = 152;

void check_accepted(const Ops& ops, const StoredIdentity& identity, const Bytes& record)
{
    Guarded again(IdentityRecordBytes);
    require(encode_identity(ops, identity, again.data()), "an identity that was decoded encodes");
    require(again.is_untouched_outside(), "encoding stays inside the record");
    require(std::memcmp(again.data(), record.data(), IdentityRecordBytes) == 0, "encode(decode(x)) is x");

    Identity described = {};
    describe(identity, nullptr, nullptr, &described);
    const Component component = {Name::Deployment, {}};
    const Claims claims = {nullptr, nullptr, 0, 0, {Unknown, Unknown}, &component, 1};
    require(is_in_profile(described, claims), "what is accepted is in the profile");
}

void check(const Ops& ops, const Bytes& record)
{
    StoredIdentity identity;
    std::memset(&identity, Guarded::Canary, sizeof identity);
    if (decode_identity(ops, record.data(), record.size(), &identity))
    {
        check_accepted(ops, identity, record);
        return;
    }

    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&identity);
    const bool is_untouched = std::all_of(bytes, bytes + sizeof identity, [](std::uint8_t byte) { return byte == Guarded::Canary; });
    require(is_untouched, "a refused record leaves the identity alone");
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    iotattest::mbedtls::ShaStream stream;
    const Ops ops = hashing_ops(&stream);
    Bytes record = Input(data, count).rest();
    check(ops, record);

    // Once more with a check that fits, so that the fields behind it are reached.
    if (record.size() == IdentityRecordBytes)
    {
        std::uint8_t digest[DigestBytes];
        require(digest_of(ops, record.data(), CheckAt, digest), "SHA-256 works");
        std::memcpy(record.data() + CheckAt, digest, IdentityRecordBytes - CheckAt);
        check(ops, record);
    }

    return 0;
}
