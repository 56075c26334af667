// Claims of any shape, and a buffer of any size: evidence or an error, never a byte outside the buffer, and the same bytes in a larger buffer.
#include <cstring>

#include "evidence.h"
#include "input.h"

namespace
{
using namespace iotattest;
using namespace iotattest::fuzz;

constexpr std::size_t LargeBytes = 2048;

struct Sample
{
    explicit Sample(Input* input) : texts(3, Bytes(MaxTextBytes + 1)), components(input->byte() % (MaxComponents + 2))
    {
        input->fill(nonce, sizeof nonce);
        input->fill(seed, sizeof seed);
        fill_identity(input);
        for (Component& component : components)
        {
            component.name = static_cast<Name>(input->byte() % 8);
            input->fill(component.digest, sizeof component.digest);
        }

        claims = {nonce, seed, input->number(), input->number(), {fact(input), fact(input)}, components.data(), components.size()};
    }

    void fill_identity(Input* input)
    {
        input->fill(identity.ueid, sizeof identity.ueid);
        input->fill(identity.hardware_model, sizeof identity.hardware_model);
        input->fill(identity.oem_id_bytes, sizeof identity.oem_id_bytes);
        input->fill(identity.key_id, sizeof identity.key_id);
        identity.has_oem_id_bytes = input->byte() % 2 == 1;
        identity.oem_id = static_cast<std::uint32_t>(input->number());
        identity.algorithm = static_cast<Algorithm>(input->byte());
        identity.hardware_version = text(input, 0);
        identity.software_name = text(input, 1);
        identity.software_version = text(input, 2);
    }

    // In a block of its own that need not end with a zero.
    const char* text(Input* input, std::size_t index)
    {
        if (input->byte() % 4 == 0)
        {
            return nullptr;
        }

        input->fill(texts[index].data(), texts[index].size());
        return reinterpret_cast<const char*>(texts[index].data());
    }

    static std::int8_t fact(Input* input) { return static_cast<std::int8_t>(input->byte()); }

    std::vector<Bytes> texts;
    std::vector<Component> components;
    std::uint8_t nonce[NonceBytes];
    std::uint8_t seed[BootSeedBytes];
    Identity identity = {};
    Claims claims = {};
};

bool authenticate(void* context, Algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    std::memset(tag, structure[count - 1], MacBytes);
    return *static_cast<bool*>(context);
}

Error write(const Ops& ops, const Sample& sample, std::size_t capacity, Bytes* evidence)
{
    Guarded buffer(capacity);
    std::size_t length = 1;
    const Error error = write_evidence(ops, sample.identity, sample.claims, buffer.data(), capacity, &length);
    require(buffer.is_untouched_outside(), "evidence stays inside its buffer");
    require((error == Error::Ok) == (length > 0) && length <= capacity, "a length belongs to success");
    require(error == Error::Ok || buffer.holds(0), "after an error the buffer is wiped");
    evidence->assign(buffer.data(), buffer.data() + length);
    return error;
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    Input input(data, count);
    const std::size_t capacity = input.number() % (MaxEvidenceBytes + 2);
    bool can_authenticate = input.byte() % 16 != 1;
    const Sample sample(&input);
    Ops ops = {};
    ops.context = &can_authenticate;
    ops.authenticate = authenticate;

    Bytes small;
    Bytes large;
    const Error in_small = write(ops, sample, capacity, &small);
    const Error in_large = write(ops, sample, LargeBytes, &large);
    require((in_large == Error::BadClaims) == !is_in_profile(sample.identity, sample.claims), "claims outside the profile and no others are refused");
    require(in_large != Error::TooLarge, "what is in the profile fits in 2048 bytes");
    require(in_small == Error::TooLarge || (in_small == in_large && small == large), "the size of the buffer changes nothing else");
    return 0;
}
