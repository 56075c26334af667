#include "board.h"

#include <algorithm>
#include <cstring>

namespace iotattest::host
{
namespace
{
Board& board_of(void* context)
{
    return *static_cast<Board*>(context);
}

const char* text_or_null(const std::string& text)
{
    return text.empty() ? nullptr : text.c_str();
}

// Stands in for XTS-AES of a chip: block n of flash is combined with SHA-256(key || n in 4 bytes, big endian).
bool keystream(const Bytes& key, std::uint64_t block, std::uint8_t* stream)
{
    Bytes input = key;
    for (int shift = 24; shift >= 0; shift -= 8)
    {
        input.push_back(static_cast<std::uint8_t>(block >> shift));
    }

    mbedtls::ShaStream hash;
    return hash.begin() && hash.update(input.data(), input.size()) && hash.finish(stream);
}

bool decrypt(const Bytes& key, std::uint64_t offset, std::uint8_t* bytes, std::size_t count)
{
    std::uint8_t stream[EncryptionBlockBytes] = {};
    for (std::size_t i = 0; i < count; i++)
    {
        const std::uint64_t at = offset + i;
        if ((i == 0 || at % EncryptionBlockBytes == 0) && !keystream(key, at / EncryptionBlockBytes, stream))
        {
            return false;
        }

        bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ stream[at % EncryptionBlockBytes]);
    }

    return true;
}

std::size_t region_count(void* context)
{
    return board_of(context).ranges.size();
}

bool region(void* context, std::size_t index, Region* out)
{
    const Board& board = board_of(context);
    if (index >= board.ranges.size())
    {
        return false;
    }

    *out = board.ranges[index].region;
    return true;
}

bool read(void* context, std::size_t index, View view, std::uint32_t offset, std::uint8_t* bytes, std::size_t count)
{
    const Board& board = board_of(context);
    if (index >= board.ranges.size())
    {
        return false;
    }

    const Board::Range& range = board.ranges[index];
    if (offset > range.region.length || count > range.region.length - offset || !board.flash.read(range.offset + offset, bytes, count))
    {
        return false;
    }

    return view == View::Raw || !range.region.encrypted || decrypt(board.keystream_key, range.offset + offset, bytes, count);
}

std::uint32_t region_writes(void* context)
{
    return board_of(context).region_writes;
}

bool loaded_assembly(void* context, std::size_t index, Assembly* assembly, bool* has)
{
    const Board& board = board_of(context);
    *has = index < board.assemblies.size();
    if (*has)
    {
        *assembly = board.assemblies[index];
    }

    return true;
}

bool hash_begin(void* context)
{
    return board_of(context).hash.begin();
}

bool hash_update(void* context, const std::uint8_t* bytes, std::size_t count)
{
    return board_of(context).hash.update(bytes, count);
}

bool hash_finish(void* context, std::uint8_t digest[DigestBytes])
{
    return board_of(context).hash.finish(digest);
}

bool authenticate(void* context, Algorithm algorithm, const std::uint8_t* structure, std::size_t count, std::uint8_t* tag)
{
    return board_of(context).key.authenticate(algorithm, structure, count, tag);
}

bool identity(void* context, Identity* out)
{
    const Board& board = board_of(context);
    *out = board.identity;
    out->hardware_version = text_or_null(board.hardware_version);
    out->software_name = text_or_null(board.software_name);
    out->software_version = text_or_null(board.software_version);
    return true;
}

bool boot_facts(void* context, BootFacts* facts)
{
    *facts = board_of(context).facts;
    return true;
}

bool random_bytes(void* context, std::uint8_t* bytes, std::size_t count)
{
    const Board& board = board_of(context);
    if (board.fixed_seed.size() != count)
    {
        return board.fixed_seed.empty() && fill_random(nullptr, bytes, count);
    }

    std::copy(board.fixed_seed.begin(), board.fixed_seed.end(), bytes);
    return true;
}

bool next_boot(void* context, std::uint64_t* count)
{
    *count = ++board_of(context).boot_count;
    return true;
}

bool uptime(void* context, std::uint64_t* seconds)
{
    *seconds = board_of(context).uptime;
    return true;
}
}

bool Board::write(std::uint64_t offset, const Bytes& bytes)
{
    const auto touches = [&](const Range& range) { return offset < range.offset + range.region.length && range.offset < offset + bytes.size(); };
    if (!flash.holds(offset, bytes.size()))
    {
        return false;
    }

    // The counter moves before flash does (ops.h).
    region_writes += std::any_of(ranges.begin(), ranges.end(), touches) ? 1 : 0;
    return flash.write(offset, bytes.data(), bytes.size());
}

Ops ops_of(Board* board)
{
    return {board, region_count, region, read, region_writes, loaded_assembly, hash_begin, hash_update, hash_finish,
            authenticate, identity, boot_facts, random_bytes, next_boot, uptime};
}

bool name_of(const std::string& text, Name* name)
{
    static constexpr const char* Names[] = {"bootloader", "partitions", "clr", "deployment", "config", "inventory"};
    const auto* found = std::find_if(std::begin(Names), std::end(Names), [&](const char* each) { return text == each; });
    *name = static_cast<Name>(found - std::begin(Names));
    return found != std::end(Names);
}
}
