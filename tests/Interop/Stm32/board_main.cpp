// An STM32 board on standard input and output: the port over a chip that is one file, so that ending the program is losing power.
//   iotattest-stm32 CHIPFILE
// One command a line, one answer a line: "ok", "error NUMBER", "refused", or what is asked for. Ends with 42 when power is cut.
#include <algorithm>
#include <iostream>

#include "attester.h"
#include "board_map.h"
#include "chip_file.h"
#include "hex.h"
#include "port.h"
#include "protection.h"
#ifdef IOTATTEST_PROVISIONING
#include "provisioning_line.h"
#include "provisioning_port.h"
#endif

namespace iotattest
{
namespace
{
Assembly assembly;
bool has_assembly = false;
}

std::uint32_t clr_region_writes(void*)
{
    return stm32::fake::chip.region_writes;
}

bool clr_loaded_assembly(void*, std::size_t index, Assembly* loaded, bool* has)
{
    *has = has_assembly && index == 0;
    *loaded = assembly;
    return true;
}

bool clr_uptime(void*, std::uint64_t* seconds)
{
    *seconds = stm32::fake::chip.uptime;
    return true;
}
}

namespace iotattest::stm32::fake
{
namespace
{
using Words = std::vector<std::string>;

constexpr std::uint64_t MaxWord = 0xFFFFFFFF;
constexpr const char* Names[] = {"bootloader", "partitions", "clr", "deployment", "config"};

std::string answer_of(Error error)
{
    return error == Error::Ok ? "ok" : "error " + std::to_string(static_cast<int>(error));
}

std::string attest(Attester& attester, const std::string& nonce_hex)
{
    std::uint8_t nonce[NonceBytes];
    std::uint8_t evidence[MaxEvidenceBytes];
    std::size_t length = 0;
    if (!host::from_hex(nonce_hex, nonce, sizeof nonce))
    {
        return "refused";
    }

    Error error = attester.begin(nonce);
    while (error == Error::Ok || error == Error::More)
    {
        error = attester.step();
        if (error == Error::Ok)
        {
            error = attester.finish(evidence, sizeof evidence, &length);
            break;
        }
    }

    return error == Error::Ok ? "evidence " + host::to_hex(evidence, length) : answer_of(error);
}

// NAME:OFFSET:LENGTH of each measured region, then the sectors of state.
std::string map()
{
    const Ops& ops = iotattest_port_ops();
    std::string text;
    for (std::size_t i = 0; i < ops.region_count(ops.context); i++)
    {
        Region region = {};
        if (!ops.region(ops.context, i, &region))
        {
            return "refused";
        }

        text += std::string(Names[static_cast<std::size_t>(region.name)]) + ":" + std::to_string(region.address - FlashBase) + ":" + std::to_string(region.length) + " ";
    }

    for (unsigned sector : {CounterSectors[0], CounterSectors[1], KeySector})
    {
        text += "state:" + std::to_string(sector_offset(sector)) + ":" + std::to_string(sector_bytes(sector)) + " ";
    }

    text.pop_back();
    return text;
}

// oemboot, dbgstat and whether the key is locked.
std::string facts()
{
    const Ops& ops = iotattest_port_ops();
    BootFacts facts = {};
    if (!ops.boot_facts(ops.context, &facts))
    {
        return "refused";
    }

    return std::to_string(facts.oem_boot) + " " + std::to_string(facts.debug_status) + (is_key_locked() ? " locked" : " open");
}

std::string draw()
{
    const Ops& ops = iotattest_port_ops();
    std::uint8_t bytes[30] = {};
    return ops.random(ops.context, bytes, sizeof bytes) ? host::to_hex(bytes, sizeof bytes) : "refused";
}

// Behind the back of every driver.
bool poke(std::uint64_t offset, const std::string& hex)
{
    host::Bytes bytes;
    if (!host::from_hex(hex, &bytes) || offset > FlashBytes || bytes.size() > FlashBytes - offset)
    {
        return false;
    }

    std::copy(bytes.begin(), bytes.end(), chip.memory->flash + offset);
    return true;
}

// What the patched flash driver of the interpreter does.
std::string announce(std::uint32_t address, std::uint32_t count)
{
    const bool is_measured = iotattest_port_measures(address, count);
    chip.region_writes += is_measured ? 1 : 0;
    return is_measured ? "measured" : "not measured";
}

std::string peek(std::uint64_t offset, std::uint64_t count)
{
    return offset <= FlashBytes && count <= FlashBytes - offset ? host::to_hex(chip.memory->flash + offset, count) : "refused";
}

std::string set_options(std::uint32_t options)
{
    chip.memory->options = options;
    chip.power_on();
    return "ok";
}

std::string set_numbers(const std::string& word, std::uint64_t first, std::uint64_t second)
{
    if (word == "write")
    {
        return announce(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second));
    }

    if (word == "cut")
    {
        chip.steps_to_cut = static_cast<int>(first);
        chip.cut = static_cast<Cut>(second);
        return "ok";
    }

    if (word == "assembly")
    {
        assembly = {first, static_cast<std::uint32_t>(second)};
        has_assembly = true;
        return "ok";
    }

    return word == "peek" ? peek(first, second) : "refused";
}

std::string set_number(const std::string& word, std::uint64_t number)
{
    if (word == "options")
    {
        return set_options(static_cast<std::uint32_t>(number));
    }

    if (word == "random")
    {
        chip.random_status = static_cast<std::uint32_t>(number);
        return "ok";
    }

    if (word == "uptime")
    {
        chip.uptime = number;
        return "ok";
    }

    return "refused";
}

std::string ask(Attester& attester, const std::string& word)
{
    if (word == "options")
    {
        return std::to_string(chip.memory->options);
    }

    if (word == "repeat")
    {
        chip.random_repeats = true;
        return "ok";
    }

    return word == "boot" ? answer_of(attester.boot()) : word == "map" ? map() : word == "facts" ? facts() : word == "draw" ? draw() : "refused";
}

std::string answer(Attester& attester, const Words& words)
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    if (words.size() == 1)
    {
        return ask(attester, words[0]);
    }

    if (words.size() == 2 && words[0] == "attest")
    {
        return attest(attester, words[1]);
    }

    if (words.size() < 2 || words.size() > 3 || !host::to_number(words[1], MaxWord, &first))
    {
        return "refused";
    }

    if (words.size() == 3 && words[0] == "poke")
    {
        return poke(first, words[2]) ? "ok" : "refused";
    }

    return words.size() == 2 ? set_number(words[0], first) : host::to_number(words[2], MaxWord, &second) ? set_numbers(words[0], first, second) : "refused";
}

#ifdef IOTATTEST_PROVISIONING
std::string provision(const std::string& line)
{
    Provisioner provisioner(iotattest_port_ops(), provisioning_ops());
    char text[ProvisioningAnswerBytes];
    const std::size_t count = provisioner.answer(line.data(), line.size(), text);
    return {text, count - 1};
}
#else
std::string provision(const std::string&)
{
    return "refused";
}
#endif
}
}

int main(int count, char** arguments)
{
    using namespace iotattest;
    if (count != 2 || !stm32::fake::open_chip(arguments[1]))
    {
        std::cerr << "expected the file of a chip\n";
        return 2;
    }

    Attester attester(iotattest_port_ops());
    for (std::string line; std::getline(std::cin, line);)
    {
        const bool is_provisioning = line.rfind("provision ", 0) == 0;
        std::cout << (is_provisioning ? stm32::fake::provision(line) : stm32::fake::answer(attester, host::words_of(line))) << std::endl;
    }

    return 0;
}
