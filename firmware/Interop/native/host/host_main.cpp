// A board on standard input and output: one command a line, one answer a line. Commands that set something say "ok" or "refused";
// calls of the module say "ok", "more", "evidence HEX" or "error NUMBER". What managed code can do is boot-to-finish only;
// the rest plays the chip, the flash driver and the attacker.
#include <algorithm>
#include <iostream>

#include "attester.h"
#include "board.h"
#include "chip_state.h"
#include "wipe.h"

namespace iotattest::host
{
namespace
{
using Words = std::vector<std::string>;

bool set_key(Board& board, const Words& words)
{
    std::uint8_t secret[DeviceKey::SecretBytes];
    const bool is_hmac = words[1] == "hmac";
    if ((!is_hmac && words[1] != "p256") || !from_hex(words[2], secret, sizeof secret) || !from_hex(words[3], board.identity.key_id, KeyIdBytes))
    {
        return false;
    }

    board.identity.algorithm = is_hmac ? Algorithm::Hmac256 : Algorithm::Es256;
    board.key.set(board.identity.algorithm, secret);
    return true;
}

// What a provisioned chip holds. Replaces key and identity.
bool read_chip_file(Board& board, const Words& words)
{
    ChipState state = {};
    WipeAtEnd wiped(&state, sizeof state);
    StoredIdentity stored = {};
    bool exists = false;
    if (!read_chip(words[1], &state, &exists) || !exists || !decode_identity(ops_of(&board), state.record, sizeof state.record, &stored))
    {
        return false;
    }

    describe(stored, nullptr, nullptr, &board.identity);
    board.hardware_version = stored.hardware_version;
    board.key.set(stored.algorithm, state.key);
    return true;
}

bool set_identity(Board& board, const Words& words)
{
    std::uint64_t oem_id = 0;
    const bool is_set = from_hex(words[1], board.identity.ueid, UeidBytes) && to_number(words[2], UINT32_MAX, &oem_id)
        && from_hex(words[3], board.identity.hardware_model, HardwareModelBytes);
    board.identity.oem_id = static_cast<std::uint32_t>(oem_id);
    return is_set;
}

// Hex, because texts may hold spaces; "-" leaves the claim out.
bool to_text(const std::string& hex, std::string* text)
{
    Bytes bytes;
    if (hex != "-" && !from_hex(hex, &bytes))
    {
        return false;
    }

    text->assign(bytes.begin(), bytes.end());
    return true;
}

bool set_texts(Board& board, const Words& words)
{
    return to_text(words[1], &board.hardware_version) && to_text(words[2], &board.software_name) && to_text(words[3], &board.software_version);
}

bool add_region(Board& board, const Words& words)
{
    Name name;
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    if (!name_of(words[1], &name) || !to_number(words[2], UINT32_MAX, &offset) || !to_number(words[3], UINT32_MAX, &length)
        || (words[4] != "plain" && words[4] != "encrypted"))
    {
        return false;
    }

    board.ranges.push_back({{name, words[4] == "encrypted", static_cast<std::uint32_t>(length), Board::FlashAddress + offset}, offset});
    return true;
}

bool add_assembly(Board& board, const Words& words)
{
    std::uint64_t address = 0;
    std::uint64_t length = 0;
    if (!to_number(words[1], UINTPTR_MAX, &address) || !to_number(words[2], UINT32_MAX, &length))
    {
        return false;
    }

    board.assemblies.push_back({static_cast<std::uintptr_t>(address), static_cast<std::uint32_t>(length)});
    return true;
}

bool set_facts(Board& board, const Words& words)
{
    std::uint64_t oem_boot = 0;
    std::uint64_t debug_status = 0;
    const bool is_set = (words[1] == "-" || to_number(words[1], 1, &oem_boot)) && (words[2] == "-" || to_number(words[2], 127, &debug_status));
    board.facts.oem_boot = words[1] == "-" ? Unknown : static_cast<std::int8_t>(oem_boot);
    board.facts.debug_status = words[2] == "-" ? Unknown : static_cast<std::int8_t>(debug_status);
    return is_set && from_hex(words[3] == "-" ? "" : words[3], &board.fixed_seed);
}

bool write_flash(Board& board, const Words& words, bool is_counted)
{
    std::uint64_t offset = 0;
    Bytes bytes;
    if (!to_number(words[1], UINT32_MAX, &offset) || !from_hex(words[2], &bytes))
    {
        return false;
    }

    return is_counted ? board.write(offset, bytes) : board.flash.write(offset, bytes.data(), bytes.size());
}

struct Setting
{
    const char* word;
    std::size_t words;
    bool (*apply)(Board&, const Words&);
};

constexpr Setting Settings[] = {
    {"flash", 2, [](Board& board, const Words& words) { return board.flash.open(words[1]); }},
    {"key", 4, set_key},
    {"chip", 2, read_chip_file},
    {"identity", 4, set_identity},
    {"texts", 4, set_texts},
    {"region", 5, add_region},
    {"assembly", 3, add_assembly},
    {"facts", 4, set_facts},
    {"keystream", 2, [](Board& board, const Words& words) { return from_hex(words[1], &board.keystream_key); }},
    {"bootcount", 2, [](Board& board, const Words& words) { return to_number(words[1], UINT64_MAX, &board.boot_count); }},
    {"uptime", 2, [](Board& board, const Words& words) { return to_number(words[1], UINT64_MAX, &board.uptime); }},
    {"write", 3, [](Board& board, const Words& words) { return write_flash(board, words, true); }},
    {"poke", 3, [](Board& board, const Words& words) { return write_flash(board, words, false); }}, // past the flash driver, as a probe would
};

std::string answer_of(Error error)
{
    return error == Error::Ok ? "ok" : error == Error::More ? "more" : "error " + std::to_string(static_cast<int>(error));
}

std::string finish(Attester& attester, std::size_t capacity)
{
    Bytes evidence(capacity);
    std::size_t length = 0;
    const Error error = attester.finish(evidence.data(), capacity, &length);
    return error == Error::Ok ? "evidence " + to_hex(evidence.data(), length) : answer_of(error);
}

std::string begin(Attester& attester, const std::string& nonce)
{
    std::uint8_t bytes[NonceBytes];
    return from_hex(nonce, bytes, sizeof bytes) ? answer_of(attester.begin(bytes)) : "refused";
}

std::string attest(Attester& attester, const std::string& nonce)
{
    std::string said = begin(attester, nonce);
    if (said != "ok")
    {
        return said;
    }

    do
    {
        said = answer_of(attester.step());
    } while (said == "more");

    return said == "ok" ? finish(attester, MaxEvidenceBytes) : said;
}

// Looks through all memory of the module, as a debugger would.
std::string find(const Attester& attester, const std::string& hex)
{
    Bytes wanted;
    if (!from_hex(hex, &wanted) || wanted.empty())
    {
        return "refused";
    }

    const auto* memory = reinterpret_cast<const std::uint8_t*>(&attester);
    const auto* end = memory + sizeof attester;
    return std::search(memory, end, wanted.begin(), wanted.end()) == end ? "absent" : "found";
}

std::string call(Attester& attester, const Words& words)
{
    std::uint64_t capacity = MaxEvidenceBytes;
    if (words[0] == "boot")
    {
        return answer_of(attester.boot());
    }

    if (words[0] == "step")
    {
        return answer_of(attester.step());
    }

    if (words[0] == "finish")
    {
        return words.size() < 2 || to_number(words[1], 4096, &capacity) ? finish(attester, capacity) : "refused";
    }

    if (words.size() == 2 && words[0] == "find")
    {
        return find(attester, words[1]);
    }

    if (words.size() == 2 && words[0] == "begin")
    {
        return begin(attester, words[1]);
    }

    return words.size() == 2 && words[0] == "attest" ? attest(attester, words[1]) : "refused";
}

std::string answer(Board& board, Attester& attester, const Words& words)
{
    for (const Setting& setting : Settings)
    {
        if (words[0] == setting.word)
        {
            return words.size() == setting.words && setting.apply(board, words) ? "ok" : "refused";
        }
    }

    return call(attester, words);
}
}
}

int main()
{
    using namespace iotattest::host;
    Board board;
    const iotattest::Ops ops = ops_of(&board);
    iotattest::Attester attester(ops);
    for (std::string line; std::getline(std::cin, line);)
    {
        const Words words = words_of(line);
        std::cout << (words.empty() ? "refused" : answer(board, attester, words)) << std::endl;
    }

    return 0;
}
