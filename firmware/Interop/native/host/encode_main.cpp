// Runs the encoder of the core alone, to compare it with the one of shared/Protocol. One input a line, its evidence or "error NUMBER" a line:
// algorithm secret kid nonce ueid oemid hwmodel uptime bootcount bootseed oemboot dbgstat hwversion swname swversion name:digest...
// Bytes and texts in hex, numbers in decimal; "-" leaves a claim out; an oemid in random form is written =HEX.
#include <cstring>
#include <iostream>

#include "board.h"
#include "evidence.h"

namespace iotattest::host
{
namespace
{
constexpr std::size_t FixedWords = 15;
constexpr std::size_t MaxProfileEvidenceBytes = 2048;

struct Input
{
    Board board;
    std::uint8_t nonce[NonceBytes];
    std::uint8_t boot_seed[BootSeedBytes];
    std::vector<Component> components;
    Claims claims;
};

bool read_key(const std::vector<std::string>& words, Board* board)
{
    std::uint8_t secret[DeviceKey::SecretBytes];
    Algorithm& algorithm = board->identity.algorithm;
    algorithm = words[0] == "5" ? Algorithm::Hmac256 : words[0] == "-9" ? Algorithm::Esp256 : Algorithm::Es256;
    if (!from_hex(words[1], secret, sizeof secret) || !from_hex(words[2], board->identity.key_id, KeyIdBytes))
    {
        return false;
    }

    board->key.set(algorithm, secret);
    return true;
}

bool read_identity(const std::vector<std::string>& words, Identity* identity)
{
    std::uint64_t oem_id = 0;
    identity->has_oem_id_bytes = words[5][0] == '=';
    const bool has_oem_id = identity->has_oem_id_bytes
        ? from_hex(words[5].substr(1), identity->oem_id_bytes, OemIdBytes)
        : to_number(words[5], UINT32_MAX, &oem_id);
    identity->oem_id = static_cast<std::uint32_t>(oem_id);
    return has_oem_id && from_hex(words[4], identity->ueid, UeidBytes) && from_hex(words[6], identity->hardware_model, HardwareModelBytes);
}

bool read_text(const std::string& word, std::string* text, const char** claim)
{
    Bytes bytes;
    if (word != "-" && !from_hex(word, &bytes))
    {
        return false;
    }

    text->assign(bytes.begin(), bytes.end());
    *claim = word == "-" ? nullptr : text->c_str();
    return true;
}

bool read_fact(const std::string& word, std::int8_t* fact)
{
    std::uint64_t number = 0;
    const bool is_known = word != "-";
    if (is_known && !to_number(word, 127, &number))
    {
        return false;
    }

    *fact = is_known ? static_cast<std::int8_t>(number) : Unknown;
    return true;
}

bool read_component(const std::string& word, Component* component)
{
    const std::size_t colon = word.find(':');
    return colon != std::string::npos && name_of(word.substr(0, colon), &component->name) && from_hex(word.substr(colon + 1), component->digest, DigestBytes);
}

bool read_claims(const std::vector<std::string>& words, Input* input)
{
    Claims& claims = input->claims;
    if (!from_hex(words[3], input->nonce, NonceBytes) || !to_number(words[7], UINT64_MAX, &claims.uptime_seconds)
        || !to_number(words[8], UINT64_MAX, &claims.boot_count) || !from_hex(words[9], input->boot_seed, BootSeedBytes)
        || !read_fact(words[10], &claims.facts.oem_boot) || !read_fact(words[11], &claims.facts.debug_status))
    {
        return false;
    }

    for (std::size_t i = FixedWords; i < words.size(); i++)
    {
        Component component;
        if (!read_component(words[i], &component))
        {
            return false;
        }

        input->components.push_back(component);
    }

    claims.nonce = input->nonce;
    claims.boot_seed = input->boot_seed;
    claims.components = input->components.data();
    claims.component_count = input->components.size();
    return true;
}

std::string encode(const std::vector<std::string>& words)
{
    Input input = {};
    Board& board = input.board;
    Identity& identity = board.identity;
    if (words.size() < FixedWords || !read_key(words, &board) || !read_identity(words, &identity) || !read_claims(words, &input)
        || !read_text(words[12], &board.hardware_version, &identity.hardware_version)
        || !read_text(words[13], &board.software_name, &identity.software_name)
        || !read_text(words[14], &board.software_version, &identity.software_version))
    {
        return "refused";
    }

    std::uint8_t evidence[MaxProfileEvidenceBytes];
    std::size_t length = 0;
    const Error error = write_evidence(ops_of(&board), identity, input.claims, evidence, sizeof evidence, &length);
    return error == Error::Ok ? to_hex(evidence, length) : "error " + std::to_string(static_cast<int>(error));
}
}
}

int main()
{
    using namespace iotattest::host;
    for (std::string line; std::getline(std::cin, line);)
    {
        std::cout << encode(words_of(line)) << '\n';
    }

    return 0;
}
