// Provisioning requests: what is refused leaves nothing behind, what is accepted encodes to the very same bytes.
#include "hash.h"
#include "request_bytes.h"

namespace
{
using namespace iotattest;
using namespace iotattest::fuzz;

Bytes encode(const Ops& ops, const ProvisioningRequest& request)
{
    Bytes bytes(ProvisioningRequestBytes, 0);
    std::memcpy(bytes.data(), "IAP1", 4);
    bytes[4] = request.makes_key ? 1 : 0;
    require(encode_identity_fields(request.identity, &bytes[5], &bytes[6], &bytes[8], &bytes[57]), "an identity that was decoded encodes");
    std::memcpy(&bytes[121], request.key, DeviceKeyBytes);
    set_check(ops, &bytes);
    return bytes;
}

void check(const Ops& ops, const Bytes& bytes)
{
    ProvisioningRequest request;
    std::memset(&request, Guarded::Canary, sizeof request);
    const ProvisioningError error = decode_request(ops, bytes.data(), bytes.size(), &request);
    if (error == ProvisioningError::Ok)
    {
        require(encode(ops, request) == bytes, "encode(decode(x)) is x");
        return;
    }

    const Bytes nothing(DeviceKeyBytes, 0);
    require(error == ProvisioningError::BadRequest || error == ProvisioningError::BadIdentity, "a refusal is one of two");
    require(std::memcmp(request.key, nothing.data(), DeviceKeyBytes) == 0 && request.identity.ueid[0] == 0, "a refused request leaves nothing behind");
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    iotattest::mbedtls::ShaStream stream;
    const Ops ops = hashing_ops(&stream);
    Bytes bytes = Input(data, count).rest();
    check(ops, bytes);
    if (bytes.size() == ProvisioningRequestBytes)
    {
        set_check(ops, &bytes);
        check(ops, bytes);
    }

    return 0;
}
