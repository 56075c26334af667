// The port over the fake ESP-IDF, on standard input and output: one command a line, one answer a line. Settings say "ok" or "refused", calls
// of the module "ok", "more", "evidence HEX" or "error NUMBER". Killed by "cut", it starts again on the same two files.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iostream>

#include "attester.h"
#include "fake_chip.h"
#include "early.h"
#include "esp_flash.h"
#include "factory_commands.h"
#include "interpreter.h"
#include "port.h"
#include "sha_stream.h"

extern "C" const void* esp32_flash_start_ptr;

namespace fake
{
namespace
{
using iotattest::Error;
using iotattest::host::from_hex;
using iotattest::host::to_hex;
using iotattest::host::to_number;

std::uint64_t number(const std::string& text)
{
    std::uint64_t value = 0;
    if (!to_number(text, UINT64_MAX, &value))
    {
        std::cerr << "seen " << text << "; expected a number\n";
        std::exit(2);
    }

    return value;
}

Bytes bytes_of(const std::string& hex)
{
    Bytes bytes;
    if (!from_hex(hex, &bytes))
    {
        std::cerr << "seen " << hex << "; expected hex\n";
        std::exit(2);
    }

    return bytes;
}

// As components/esp_partition does when it loads the table: applications and NVS keys are encrypted without being flagged.
void add_partition(const Words& words)
{
    esp_partition_t partition = {};
    partition.type = static_cast<esp_partition_type_t>(number(words[1]));
    partition.subtype = static_cast<esp_partition_subtype_t>(number(words[2]));
    partition.address = static_cast<std::uint32_t>(number(words[3]));
    partition.size = static_cast<std::uint32_t>(number(words[4]));
    std::snprintf(partition.label, sizeof partition.label, "%s", words[5].c_str());
    const bool is_always = partition.type == ESP_PARTITION_TYPE_APP || partition.subtype == ESP_PARTITION_SUBTYPE_DATA_NVS_KEYS;
    partition.encrypted = chip().flash_encryption != 0 && words[6] != "plain" && (is_always || words[6] == "1");
    chip().partitions.reserve(32); // pointers to entries stay valid
    chip().partitions.push_back(partition);
    chip().running = partition.type == ESP_PARTITION_TYPE_APP ? &chip().partitions.back() : chip().running;
}

void set_block(const Words& words)
{
    KeyBlock& block = *key_block(static_cast<int>(number(words[1])));
    block.purpose = static_cast<int>(number(words[2]));
    block.data = bytes_of(words[3]);
    block.is_read_protected = words[4] == "1";
}

void set_map(const Words& words)
{
    chip().map_address = static_cast<std::uintptr_t>(number(words[1]));
    chip().map_offset = static_cast<std::uint32_t>(number(words[2]));
    chip().map_length = static_cast<std::uint32_t>(number(words[3]));
    esp32_flash_start_ptr = reinterpret_cast<const void*>(chip().map_address); // NOLINT(performance-no-int-to-ptr): an address of the other machine
}

struct Setting
{
    const char* word;
    std::size_t words;
    void (*apply)(const Words&);
};

constexpr Setting Settings[] = {
    {"chip", 2, [](const Words& words) { load(words[1]); }},
    {"flash", 2, [](const Words& words) { chip().flash.open(words[1]); }},
    {"crypt", 2, [](const Words& words) { chip().flash_encryption = static_cast<int>(number(words[1])); }},
    {"keystream", 2, [](const Words& words) { chip().keystream_key = bytes_of(words[1]); }},
    {"partition", 7, add_partition},
    {"secureboot", 2, [](const Words& words) { chip().has_secure_boot = words[1] == "1"; }},
    {"fuse", 3, [](const Words& words) { chip().fuses[words[1]] = static_cast<unsigned>(number(words[2])); }},
    {"unreadable", 2, [](const Words& words) { chip().are_fuses_unreadable = words[1] == "1"; }},
    {"block", 5, set_block},
    {"nvs", 2, [](const Words& words) { chip().is_nvs_eager = words[1] == "eager"; }},
    {"nvsfails", 2, [](const Words& words) { chip().failing_nvs_writes = static_cast<int>(number(words[1])); }},
    {"stuck", 2, [](const Words& words) { chip().are_read_protections_stuck = words[1] == "1"; }},
    {"nvskeys", 2, [](const Words& words) { chip().has_nvs_keys = words[1] == "1"; }},
    {"put", 3, [](const Words& words) { chip().nvs[words[1]] = bytes_of(words[2]); }},
    {"cut", 2, [](const Words& words) { chip().steps_to_cut = static_cast<int>(number(words[1])); }},
    {"map", 4, set_map},
    {"watchdog", 2, [](const Words& words) { chip().is_watchdog_subscribed = words[1] == "1"; }},
    {"uptime", 2, [](const Words& words) { interpreter().uptime = number(words[1]); }},
    {"assembly", 3, [](const Words& words) {
         interpreter().assemblies.push_back({static_cast<std::uintptr_t>(number(words[1])), static_cast<std::uint32_t>(number(words[2]))});
     }},
    {"entropy", 1, [](const Words&) { iotattest_collect_entropy(); }},
    {"poke", 3, [](const Words& words) {
         const Bytes bytes = bytes_of(words[2]);
         chip().flash.write(number(words[1]), bytes.data(), bytes.size()); // past the driver, as a probe would
     }},
    {"write", 3, [](const Words& words) {
         const Bytes bytes = bytes_of(words[2]);
         esp_flash_write(nullptr, bytes.data(), static_cast<std::uint32_t>(number(words[1])), static_cast<std::uint32_t>(bytes.size()));
     }},
    {"writeencrypted", 3, [](const Words& words) {
         const Bytes bytes = bytes_of(words[2]);
         esp_flash_write_encrypted(nullptr, static_cast<std::uint32_t>(number(words[1])), bytes.data(), static_cast<std::uint32_t>(bytes.size()));
     }},
    {"erase", 3, [](const Words& words) {
         esp_flash_erase_region(nullptr, static_cast<std::uint32_t>(number(words[1])), static_cast<std::uint32_t>(number(words[2])));
     }},
    {"erasechip", 1, [](const Words&) { esp_flash_erase_chip(nullptr); }},
};

const iotattest::Ops& ops()
{
    return iotattest::iotattest_port_ops();
}

std::string answer_of(Error error)
{
    return error == Error::Ok ? "ok" : error == Error::More ? "more" : "error " + std::to_string(static_cast<int>(error));
}

std::string finish(iotattest::Attester& attester)
{
    Bytes evidence(iotattest::MaxEvidenceBytes);
    std::size_t length = 0;
    const Error error = attester.finish(evidence.data(), evidence.size(), &length);
    return error == Error::Ok ? "evidence " + to_hex(evidence.data(), length) : answer_of(error);
}

std::string attest(iotattest::Attester& attester, const Bytes& nonce)
{
    Error error = attester.begin(nonce.size() == iotattest::NonceBytes ? nonce.data() : nullptr);
    if (error != Error::Ok)
    {
        return answer_of(error);
    }

    do
    {
        error = attester.step();
    } while (error == Error::More);

    return error == Error::Ok ? finish(attester) : answer_of(error);
}

// "NAME LENGTH ENCRYPTED ADDRESS" of each, parted by commas; names by their number in ops.h.
std::string regions()
{
    std::string text;
    const std::size_t count = ops().region_count(ops().context);
    for (std::size_t i = 0; i < count; i++)
    {
        iotattest::Region region = {};
        const bool is_there = ops().region(ops().context, i, &region);
        text += (i == 0 ? "" : ",") + std::to_string(is_there ? static_cast<int>(region.name) : -1) + ' ' + std::to_string(region.length) + ' '
            + std::to_string(region.encrypted) + ' ' + std::to_string(region.address);
    }

    return count == 0 ? "none" : text;
}

std::string facts()
{
    iotattest::BootFacts facts = {};
    return ops().boot_facts(ops().context, &facts) ? std::to_string(facts.oem_boot) + ' ' + std::to_string(facts.debug_status) : "refused";
}

std::string count_boot()
{
    std::uint64_t count = 0;
    return ops().next_boot(ops().context, &count) ? std::to_string(count) : "refused";
}

std::string draw(std::size_t count)
{
    Bytes bytes(count);
    return ops().random(ops().context, bytes.data(), count) ? to_hex(bytes.data(), count) : "refused";
}

std::string sign(int algorithm, const Bytes& structure)
{
    const auto id = static_cast<iotattest::Algorithm>(algorithm);
    Bytes tag(id == iotattest::Algorithm::Hmac256 ? iotattest::MacBytes : iotattest::SignatureBytes);
    return ops().authenticate(ops().context, id, structure.data(), structure.size(), tag.data()) ? to_hex(tag.data(), tag.size()) : "refused";
}

// "PURPOSE READ-PROTECTED WRITE-PROTECTED PURPOSE-PROTECTED USED" of each key block, parted by commas.
std::string blocks()
{
    std::string text;
    for (const KeyBlock& block : chip().blocks)
    {
        text += (text.empty() ? "" : ",") + std::to_string(block.purpose) + ' ' + std::to_string(block.is_read_protected) + ' '
            + std::to_string(block.is_write_protected) + ' ' + std::to_string(block.is_purpose_protected) + ' '
            + std::to_string(block.data != Bytes(32));
    }

    return text;
}

// SHA-256 of the first bytes of the deployment as the interpreter runs them.
std::string mapped(std::size_t count)
{
    Bytes bytes(count);
    Bytes digest(iotattest::DigestBytes);
    iotattest::mbedtls::ShaStream hash;
    const bool is_hashed = read_mapped(bytes.data(), count) && hash.begin() && hash.update(bytes.data(), count) && hash.finish(digest.data());
    return is_hashed ? to_hex(digest.data(), digest.size()) : "refused";
}

std::string identity()
{
    iotattest::Identity identity = {};
    return ops().identity(ops().context, &identity) ? to_hex(identity.ueid, iotattest::UeidBytes) : "refused";
}

int algorithm_of(const std::string& name)
{
    return name == "hmac" ? 5 : name == "es256" ? -7 : -9;
}

struct Question
{
    const char* word;
    std::size_t words;
    std::string (*answer)(iotattest::Attester&, const Words&);
};

constexpr Question Questions[] = {
    {"boot", 1, [](iotattest::Attester& attester, const Words&) { return answer_of(attester.boot()); }},
    {"begin", 2, [](iotattest::Attester& attester, const Words& words) { return answer_of(attester.begin(bytes_of(words[1]).data())); }},
    {"step", 1, [](iotattest::Attester& attester, const Words&) { return answer_of(attester.step()); }},
    {"finish", 1, [](iotattest::Attester& attester, const Words&) { return finish(attester); }},
    {"attest", 2, [](iotattest::Attester& attester, const Words& words) { return attest(attester, bytes_of(words[1])); }},
    {"identity", 1, [](iotattest::Attester&, const Words&) { return identity(); }},
    {"regions", 1, [](iotattest::Attester&, const Words&) { return regions(); }},
    {"facts", 1, [](iotattest::Attester&, const Words&) { return facts(); }},
    {"count", 1, [](iotattest::Attester&, const Words&) { return count_boot(); }},
    {"blocks", 1, [](iotattest::Attester&, const Words&) { return blocks(); }},
    {"mapped", 2, [](iotattest::Attester&, const Words& words) { return mapped(number(words[1])); }},
    {"random", 2, [](iotattest::Attester&, const Words& words) { return draw(number(words[1])); }},
    {"draws", 1, [](iotattest::Attester&, const Words&) { return std::to_string(chip().noise_draws); }},
    {"sign", 3, [](iotattest::Attester&, const Words& words) { return sign(algorithm_of(words[1]), bytes_of(words[2])); }},
    {"pauses", 1, [](iotattest::Attester&, const Words&) { return std::to_string(chip().delays) + ' ' + std::to_string(chip().feeds); }},
};

std::string ask(iotattest::Attester& attester, const Words& words)
{
    const auto* question = std::find_if(std::begin(Questions), std::end(Questions),
                                        [&](const Question& each) { return words[0] == each.word && words.size() == each.words; });
    return question == std::end(Questions) ? factory_answer(words) : question->answer(attester, words);
}

std::string answer(iotattest::Attester& attester, const Words& words)
{
    const auto* setting = std::find_if(std::begin(Settings), std::end(Settings),
                                       [&](const Setting& each) { return words[0] == each.word && words.size() == each.words; });
    if (setting == std::end(Settings))
    {
        return ask(attester, words);
    }

    setting->apply(words);
    return "ok";
}
}
}

int main()
{
    std::setvbuf(stdin, nullptr, _IONBF, 0); // "console" reads on behind the stream's back
    iotattest::Attester attester(iotattest::iotattest_port_ops());
    for (std::string line; std::getline(std::cin, line);)
    {
        const fake::Words words = iotattest::host::words_of(line);
        std::cout << (words.empty() ? "refused" : fake::answer(attester, words)) << std::endl;
    }

    return 0;
}
