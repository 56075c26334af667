#include "assembly_walk.h"

#include <cstring>

#include "linker_symbols.h"

namespace iotattest::qemu
{
namespace
{
// Header of a file in format 1.x: 124 bytes, the length of the file as the last of 16 numbers from 0x28 on, little endian.
constexpr std::uint8_t Magic[] = {'N', 'F', 'M', 'R', 'K', '1', 0, 0};
constexpr std::size_t HeaderBytes = 0x7C;
constexpr std::size_t LengthAt = 0x64;
constexpr std::uint32_t Alignment = 4;

std::uint32_t read_number(const std::uint8_t* bytes)
{
    return bytes[0] | (static_cast<std::uint32_t>(bytes[1]) << 8) | (static_cast<std::uint32_t>(bytes[2]) << 16) | (static_cast<std::uint32_t>(bytes[3]) << 24);
}
}

void assembly_at(std::size_t index, Assembly* assembly, bool* has)
{
    const std::uint8_t* at = deployment_start;
    for (std::size_t i = 0;; i++)
    {
        const std::size_t left = static_cast<std::size_t>(deployment_end - at);
        *has = left >= HeaderBytes && std::memcmp(at, Magic, sizeof Magic) == 0;
        if (!*has)
        {
            return;
        }

        *assembly = {reinterpret_cast<std::uintptr_t>(at), read_number(at + LengthAt)};
        if (i == index)
        {
            return;
        }

        *has = assembly->length >= HeaderBytes && assembly->length <= left - Alignment;
        if (!*has)
        {
            return;
        }

        at += (assembly->length + Alignment - 1) / Alignment * Alignment;
    }
}
}
