#include "evidence.h"

#include <cstring>

#include "wipe.h"

namespace iotattest
{
namespace
{
// Before the payload stand at most: context (12), protected header (18), one byte, head of the payload (3).
constexpr std::size_t FrontBytes = 34;

// RFC 9052 sections 4.2 and 6.2.
constexpr std::uint32_t Mac0Tag = 17;
constexpr std::uint32_t Sign1Tag = 18;

// Protected header {1: alg, 4: kid, 16: 263}, then what stands between it and the payload's head.
void write_front(CborWriter& writer, const Identity& identity, bool is_structure, std::size_t payload_bytes)
{
    constexpr std::size_t ProtectedBytes = 17;
    writer.bytes_head(ProtectedBytes);
    writer.map_head(3);
    writer.unsigned_integer(1);
    writer.integer(static_cast<std::int8_t>(identity.algorithm));
    writer.unsigned_integer(4);
    writer.bytes(identity.key_id, KeyIdBytes);
    writer.unsigned_integer(16);
    writer.unsigned_integer(263);
    if (is_structure)
    {
        writer.bytes_head(0); // external_aad is empty
    }
    else
    {
        writer.map_head(0); // no unprotected header
    }

    writer.bytes_head(payload_bytes);
}

// MAC_structure and Sig_structure (RFC 9052 sections 6.3 and 4.4) and the finished message share everything from the protected header
// to the payload but one byte. So the payload is written once, behind room for the longer front, and each front is put before it.
std::size_t put_front(const Identity& identity, bool is_structure, std::uint8_t* payload, std::size_t payload_bytes)
{
    const bool is_mac = identity.algorithm == Algorithm::Hmac256;
    std::uint8_t front[FrontBytes];
    CborWriter writer(front, sizeof front);
    if (is_structure)
    {
        writer.array_head(4);
        writer.text(is_mac ? "MAC0" : "Signature1");
    }
    else
    {
        writer.tag(is_mac ? Mac0Tag : Sign1Tag);
        writer.array_head(4);
    }

    write_front(writer, identity, is_structure, payload_bytes);
    std::memcpy(payload - writer.length(), front, writer.length());
    return writer.length();
}

Error authenticate(const Ops& ops, const Identity& identity, std::uint8_t* payload, std::size_t payload_bytes, CborWriter& behind)
{
    std::uint8_t tag[SignatureBytes] = {};
    WipeAtEnd wiped(tag, sizeof tag);
    const std::size_t front_bytes = put_front(identity, true, payload, payload_bytes);
    if (!ops.authenticate(ops.context, identity.algorithm, payload - front_bytes, front_bytes + payload_bytes, tag))
    {
        return Error::AuthenticationFailed;
    }

    behind.bytes(tag, identity.algorithm == Algorithm::Hmac256 ? MacBytes : SignatureBytes);
    return behind.overflown() ? Error::TooLarge : Error::Ok;
}

Error write_message(const Ops& ops, const Identity& identity, const Claims& claims, std::uint8_t* buffer, std::size_t capacity, std::size_t* length)
{
    if (!is_in_profile(identity, claims))
    {
        return Error::BadClaims;
    }

    if (capacity <= FrontBytes)
    {
        return Error::TooLarge;
    }

    std::uint8_t* const payload = buffer + FrontBytes;
    CborWriter writer(payload, capacity - FrontBytes);
    write_payload(writer, identity, claims);
    if (writer.overflown())
    {
        return Error::TooLarge;
    }

    const std::size_t payload_bytes = writer.length();
    const Error error = authenticate(ops, identity, payload, payload_bytes, writer);
    if (error != Error::Ok)
    {
        return error;
    }

    const std::size_t front_bytes = put_front(identity, false, payload, payload_bytes);
    *length = front_bytes + writer.length();
    std::memmove(buffer, payload - front_bytes, *length);
    return Error::Ok;
}
}

Error write_evidence(const Ops& ops, const Identity& identity, const Claims& claims, std::uint8_t* buffer, std::size_t capacity, std::size_t* length)
{
    *length = 0;
    const Error error = write_message(ops, identity, claims, buffer, capacity, length);
    if (error != Error::Ok)
    {
        wipe(buffer, capacity);
    }

    return error;
}
}
