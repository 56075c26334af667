// The serial line of a provisioning firmware, over a chip whose functions fail as the input says: every answer is one good line, nothing
// is stored but by the one line that is answered with success (or 5 or 6, which say so), and nothing is written past the answer.
#include <string>

#include "hash.h"
#include "provisioning_line.h"
#include "request_bytes.h"

namespace
{
using namespace iotattest;
using namespace iotattest::fuzz;

constexpr std::size_t MostSegments = 8;

enum Failure : std::uint8_t { CannotAsk = 1, CannotMake = 2, NoScalar = 4, CannotStore = 8, CannotLock = 16 };

struct Counts
{
    bool is_provisioned;
    int stores;
    int locks;
};

struct Chip
{
    std::uint8_t failures;
    Counts counts;
    Bytes record;
};

Chip& chip_of(void* context)
{
    return *static_cast<Chip*>(context);
}

ProvisioningOps provisioning_of(Chip* chip)
{
    ProvisioningOps ops = {};
    ops.context = chip;
    ops.is_provisioned = [](void* context, bool* provisioned) {
        *provisioned = chip_of(context).counts.is_provisioned;
        return (chip_of(context).failures & CannotAsk) == 0;
    };
    ops.make_key = [](void* context, std::uint8_t* key) {
        key[0] = 1;
        return (chip_of(context).failures & CannotMake) == 0;
    };
    ops.public_key = [](void* context, const std::uint8_t* key, std::uint8_t* xy) {
        std::memset(xy, key[0], PublicKeyBytes);
        return (chip_of(context).failures & NoScalar) == 0;
    };
    ops.store = [](void* context, const std::uint8_t* record, Algorithm, const std::uint8_t*) {
        Chip& chip = chip_of(context);
        chip.counts.stores++;
        chip.record.assign(record, record + IdentityRecordBytes);
        chip.counts.is_provisioned = (chip.failures & CannotStore) == 0;
        return chip.counts.is_provisioned;
    };
    ops.lock = [](void* context) {
        chip_of(context).counts.locks++;
        return (chip_of(context).failures & CannotLock) == 0;
    };
    return ops;
}

bool is_hex(const std::string& text)
{
    return text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool is_good(const std::string& answer)
{
    if (answer.size() == 8 && answer.compare(0, 6, "error ") == 0)
    {
        return answer[6] >= '1' && answer[6] <= '7' && answer[7] == '\n';
    }

    const std::size_t with_key = ProvisioningAnswerBytes - 1;
    const std::size_t without_key = 12 + 2 * KeyIdBytes + 1;
    return answer.compare(0, 12, "provisioned ") == 0 && answer.back() == '\n' && is_hex(answer.substr(12, 2 * KeyIdBytes))
        && (answer.size() == without_key || (answer.size() == with_key && answer[28] == ' ' && is_hex(answer.substr(29, 2 * PublicKeyBytes))));
}

void check_answer(const Ops& ops, const Chip& chip, const Counts& before, const std::string& answer)
{
    require(is_good(answer), "an answer is one line of a known form");
    const bool is_success = answer[0] == 'p';
    const bool has_tried = is_success || answer == "error 5\n" || answer == "error 6\n";
    require(!before.is_provisioned || chip.counts.stores == before.stores, "a board that is provisioned is not written");
    require(has_tried || chip.counts.stores == before.stores, "a refused line stores nothing");
    require(!is_success || (chip.counts.stores == before.stores + 1 && chip.counts.locks == before.locks + 1), "success stores once and locks once");
    StoredIdentity identity;
    require(chip.counts.stores == before.stores || decode_identity(ops, chip.record.data(), chip.record.size(), &identity), "what is stored is a record");
}

// A piece of raw bytes, or of bytes that are made into a good line around a request.
std::string next_segment(const Ops& ops, Input* input)
{
    if (input->byte() % 2 == 0)
    {
        Bytes raw(input->byte());
        input->fill(raw.data(), raw.size());
        return std::string(raw.begin(), raw.end());
    }

    Bytes request(ProvisioningRequestBytes);
    input->fill(request.data(), request.size() - 8);
    set_check(ops, &request);
    return line_of(request) + "\n";
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    iotattest::mbedtls::ShaStream stream;
    const Ops ops = hashing_ops(&stream);
    Input input(data, count);
    Chip chip = {input.byte(), {false, 0, 0}, {}};
    const ProvisioningOps provisioning = provisioning_of(&chip);
    Provisioner provisioner(ops, provisioning);
    ProvisioningLine line(provisioner);
    Guarded answer(ProvisioningAnswerBytes);
    for (std::size_t i = 0; i < MostSegments && input.left() > 0; i++)
    {
        for (const char byte : next_segment(ops, &input))
        {
            const Counts before = chip.counts;
            const std::size_t length = line.take(static_cast<std::uint8_t>(byte), reinterpret_cast<char*>(answer.data()));
            require(length < ProvisioningAnswerBytes, "an answer fits with its closing zero");
            if (length > 0)
            {
                require(answer.is_untouched_outside(), "an answer stays inside its buffer");
                require(answer.data()[length] == 0, "an answer ends with a zero");
                check_answer(ops, chip, before, std::string(answer.data(), answer.data() + length));
            }
        }
    }

    require(answer.is_untouched_outside(), "nothing is written without an answer");
    return 0;
}
