#ifdef IOTATTEST_PROVISIONING
#include "provisioning.h"

#include <cstring>

#include "digest.h"
#include "wipe.h"

namespace iotattest
{
namespace
{
constexpr char Command[] = "provision ";
constexpr std::size_t CommandBytes = sizeof Command - 1;

// Where each field starts; see provisioning.h.
constexpr std::uint8_t Magic[] = {'I', 'A', 'P', '1'};
constexpr std::size_t FlagsAt = 4;
constexpr std::size_t AlgorithmAt = 5;
constexpr std::size_t FormAt = 6;
constexpr std::size_t ReservedAt = 7;
constexpr std::size_t NamesAt = 8;
constexpr std::size_t VersionAt = NamesAt + IdentityNamesBytes;
constexpr std::size_t KeyAt = VersionAt + MaxTextBytes;
constexpr std::size_t CheckAt = KeyAt + DeviceKeyBytes;
constexpr std::size_t CheckBytes = ProvisioningRequestBytes - CheckAt;
constexpr std::uint8_t MakesKey = 1;

static_assert(KeyAt == 121 && CheckBytes == 8, "the layout of provisioning.h");

// SubjectPublicKeyInfo of a P-256 key (RFC 5480 section 2), before x and y; 0x04 says that both follow (SEC 1 section 2.3.3).
constexpr std::uint8_t KeyInfoFront[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
                                         0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};

bool is_zero(const std::uint8_t* bytes, std::size_t count)
{
    std::uint8_t any = 0;
    for (std::size_t i = 0; i < count; i++)
    {
        any = static_cast<std::uint8_t>(any | bytes[i]);
    }

    return any == 0;
}

// Erased flash and an array nobody filled are no keys; the verifier refuses them too.
bool is_one_byte_repeated(const std::uint8_t key[DeviceKeyBytes])
{
    std::uint8_t difference = 0;
    for (std::size_t i = 1; i < DeviceKeyBytes; i++)
    {
        difference = static_cast<std::uint8_t>(difference | (key[i] ^ key[0]));
    }

    return difference == 0;
}

// Small letters only, so that a request has one spelling.
bool decode_digit(char digit, std::uint8_t* value)
{
    const bool is_number = digit >= '0' && digit <= '9';
    *value = static_cast<std::uint8_t>(is_number ? digit - '0' : digit - 'a' + 10);
    return is_number || (digit >= 'a' && digit <= 'f');
}

bool decode_line(const char* line, std::size_t count, std::uint8_t bytes[ProvisioningRequestBytes])
{
    if (count != CommandBytes + 2 * ProvisioningRequestBytes || std::memcmp(line, Command, CommandBytes) != 0)
    {
        return false;
    }

    const char* digits = line + CommandBytes;
    for (std::size_t i = 0; i < ProvisioningRequestBytes; i++)
    {
        std::uint8_t high = 0;
        std::uint8_t low = 0;
        if (!decode_digit(digits[2 * i], &high) || !decode_digit(digits[2 * i + 1], &low))
        {
            return false;
        }

        bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }

    return true;
}

bool has_sound_frame(const std::uint8_t* bytes)
{
    const bool makes_key = (bytes[FlagsAt] & MakesKey) != 0;
    return std::memcmp(bytes, Magic, sizeof Magic) == 0 && bytes[FlagsAt] <= MakesKey && bytes[ReservedAt] == 0
        && (!makes_key || is_zero(bytes + KeyAt, DeviceKeyBytes));
}

// The rule of shared/Protocol: a symmetric key is named after the board, a public key after itself.
bool make_key_id(const Ops& ops, const std::uint8_t xy[PublicKeyBytes], StoredIdentity* identity)
{
    std::uint8_t digest[DigestBytes];
    std::uint8_t key_info[sizeof KeyInfoFront + PublicKeyBytes];
    std::memcpy(key_info, KeyInfoFront, sizeof KeyInfoFront);
    std::memcpy(key_info + sizeof KeyInfoFront, xy, PublicKeyBytes);
    const bool is_hashed = identity->algorithm == Algorithm::Hmac256
        ? digest_of(ops, identity->ueid, UeidBytes, digest)
        : digest_of(ops, key_info, sizeof key_info, digest);
    if (is_hashed)
    {
        std::memcpy(identity->key_id, digest, KeyIdBytes);
    }

    return is_hashed;
}

char* write_text(char* out, const char* text)
{
    while (*text != 0)
    {
        *out++ = *text++;
    }

    return out;
}

char* write_hex(char* out, const std::uint8_t* bytes, std::size_t count)
{
    constexpr char Digits[] = "0123456789abcdef";
    for (std::size_t i = 0; i < count; i++)
    {
        *out++ = Digits[bytes[i] >> 4];
        *out++ = Digits[bytes[i] & 0x0F];
    }

    return out;
}

char* write_success(char* out, const StoredIdentity& identity, const std::uint8_t xy[PublicKeyBytes])
{
    out = write_hex(write_text(out, "provisioned "), identity.key_id, KeyIdBytes);
    return identity.algorithm == Algorithm::Hmac256 ? out : write_hex(write_text(out, " "), xy, PublicKeyBytes);
}
}

ProvisioningError decode_request(const Ops& ops, const std::uint8_t* bytes, std::size_t count, ProvisioningRequest* request)
{
    std::uint8_t digest[DigestBytes];
    *request = {};
    if (count != ProvisioningRequestBytes || !has_sound_frame(bytes))
    {
        return ProvisioningError::BadRequest;
    }

    if (!digest_of(ops, bytes, CheckAt, digest))
    {
        return ProvisioningError::HashFailed;
    }

    if (std::memcmp(digest, bytes + CheckAt, CheckBytes) != 0)
    {
        return ProvisioningError::BadRequest;
    }

    if (!decode_identity_fields(bytes[AlgorithmAt], bytes[FormAt], bytes + NamesAt, bytes + VersionAt, &request->identity))
    {
        request->identity = {};
        return ProvisioningError::BadIdentity;
    }

    request->makes_key = bytes[FlagsAt] == MakesKey;
    std::memcpy(request->key, bytes + KeyAt, DeviceKeyBytes);
    return ProvisioningError::Ok;
}

std::size_t Provisioner::answer(const char* line, std::size_t count, char answer[ProvisioningAnswerBytes])
{
    StoredIdentity identity = {};
    std::uint8_t xy[PublicKeyBytes] = {};
    const ProvisioningError error = provision(line, count, &identity, xy);
    char* end = answer;
    if (error == ProvisioningError::Ok)
    {
        end = write_success(end, identity, xy);
    }
    else
    {
        end = write_text(end, "error ");
        *end++ = static_cast<char>('0' + static_cast<int>(error)); // one digit: there are eight
    }

    end = write_text(end, "\n");
    *end = 0;
    return static_cast<std::size_t>(end - answer);
}

ProvisioningError Provisioner::provision(const char* line, std::size_t count, StoredIdentity* identity, std::uint8_t xy[PublicKeyBytes])
{
    std::uint8_t bytes[ProvisioningRequestBytes];
    WipeAtEnd bytes_wiped(bytes, sizeof bytes);
    ProvisioningRequest request;
    WipeAtEnd request_wiped(&request, sizeof request);
    if (!decode_line(line, count, bytes))
    {
        return ProvisioningError::BadRequest;
    }

    ProvisioningError error = decode_request(ops_, bytes, sizeof bytes, &request);
    bool is_provisioned = true;
    if (error == ProvisioningError::Ok && !provisioning_.is_provisioned(provisioning_.context, &is_provisioned))
    {
        return ProvisioningError::StoreFailed; // a chip that cannot be read is not written either
    }

    if (error == ProvisioningError::Ok && is_provisioned)
    {
        error = resume(&request, xy);
    }
    else
    {
        error = error == ProvisioningError::Ok ? settle_key(&request, xy) : error;
        error = error == ProvisioningError::Ok ? keep(request) : error;
    }

    *identity = request.identity;
    return error;
}

// The same request again, after power was cut between store and lock: only the lock is left to do. Any other is told nothing but that the board
// is taken; one that has the chip make a key names none that could be compared.
ProvisioningError Provisioner::resume(ProvisioningRequest* request, std::uint8_t xy[PublicKeyBytes])
{
    std::uint8_t record[IdentityRecordBytes];
    if (provisioning_.awaits_lock == nullptr || request->makes_key || settle_key(request, xy) != ProvisioningError::Ok
        || !encode_identity(ops_, request->identity, record) || !provisioning_.awaits_lock(provisioning_.context, record, request->key))
    {
        return ProvisioningError::AlreadyProvisioned;
    }

    return provisioning_.lock(provisioning_.context) ? ProvisioningError::Ok : ProvisioningError::LockFailed;
}

// Makes or checks the key, and names it.
ProvisioningError Provisioner::settle_key(ProvisioningRequest* request, std::uint8_t xy[PublicKeyBytes])
{
    const bool is_hmac = request->identity.algorithm == Algorithm::Hmac256;

    // A symmetric key made on the chip could never be enrolled.
    if (request->makes_key && (is_hmac || !provisioning_.make_key(provisioning_.context, request->key)))
    {
        return ProvisioningError::KeyRefused;
    }

    if (is_one_byte_repeated(request->key) || (!is_hmac && !provisioning_.public_key(provisioning_.context, request->key, xy)))
    {
        return ProvisioningError::KeyRefused;
    }

    return make_key_id(ops_, xy, &request->identity) ? ProvisioningError::Ok : ProvisioningError::HashFailed;
}

ProvisioningError Provisioner::keep(const ProvisioningRequest& request)
{
    std::uint8_t record[IdentityRecordBytes];
    if (!encode_identity(ops_, request.identity, record))
    {
        return ProvisioningError::HashFailed; // the identity was decoded, so that it can be encoded
    }

    if (!provisioning_.store(provisioning_.context, record, request.identity.algorithm, request.key))
    {
        return ProvisioningError::StoreFailed;
    }

    return provisioning_.lock(provisioning_.context) ? ProvisioningError::Ok : ProvisioningError::LockFailed;
}
}
#endif
