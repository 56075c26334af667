#include "fake_chip.h"

#include <fstream>
#include <sstream>
#include <unistd.h>

#include "sha_stream.h"

namespace fake
{
namespace
{
constexpr int PowerCutExit = 3;

void save()
{
    const Chip& self = chip();
    std::ofstream file(self.state_path, std::ios::trunc);
    for (const auto& [name, bits] : self.fuses)
    {
        file << "fuse " << name << ' ' << bits << '\n';
    }

    for (int i = 0; i < Chip::KeyBlocks; i++)
    {
        const KeyBlock& block = self.blocks[static_cast<std::size_t>(i)];
        file << "block " << i << ' ' << iotattest::host::to_hex(block.data.data(), block.data.size()) << ' ' << block.purpose << ' '
             << block.is_read_protected << ' ' << block.is_write_protected << ' ' << block.is_purpose_protected << '\n';
    }

    for (const auto& [key, value] : self.nvs)
    {
        file << "nvs " << key << ' ' << iotattest::host::to_hex(value.data(), value.size()) << '\n';
    }

    file << "keys " << self.has_nvs_keys << '\n';
}

void step()
{
    Chip& self = chip();
    if (self.steps_to_cut == 0)
    {
        _exit(PowerCutExit);
    }

    self.steps_to_cut -= self.steps_to_cut > 0 ? 1 : 0;
}

void load_line(std::istream& line)
{
    Chip& self = chip();
    std::string kind;
    std::string name;
    std::string hex;
    line >> kind;
    if (kind == "fuse")
    {
        line >> name >> self.fuses[name];
        line.clear();
    }
    else if (kind == "block")
    {
        std::size_t index = 0;
        line >> index >> hex;
        KeyBlock& block = self.blocks.at(index);
        iotattest::host::from_hex(hex, &block.data);
        line >> block.purpose >> block.is_read_protected >> block.is_write_protected >> block.is_purpose_protected;
    }
    else if (kind == "nvs")
    {
        line >> name >> hex;
        iotattest::host::from_hex(hex, &self.nvs[name]);
    }
    else if (kind == "keys")
    {
        line >> self.has_nvs_keys;
    }
}
}

Chip& chip()
{
    static Chip instance;
    return instance;
}

bool load(const std::string& path)
{
    chip().state_path = path;
    std::ifstream file(path);
    for (std::string text; std::getline(file, text);)
    {
        std::istringstream line(text);
        load_line(line);
    }

    return true;
}

void change(const std::function<void()>& apply)
{
    step();
    apply();
    save();
    step();
}

// Stands in for XTS-AES: block n of flash is combined with SHA-256(key || n in 4 bytes, big endian), as in native/host/board.cpp.
bool read_decrypted(std::uint32_t address, std::uint8_t* bytes, std::size_t count)
{
    constexpr std::uint32_t BlockBytes = 32;
    std::array<std::uint8_t, BlockBytes> stream = {};
    if (!chip().flash.read(address, bytes, count))
    {
        return false;
    }

    for (std::size_t i = 0; i < count; i++)
    {
        const std::uint32_t at = address + static_cast<std::uint32_t>(i);
        if (i == 0 || at % BlockBytes == 0)
        {
            Bytes input = chip().keystream_key;
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                input.push_back(static_cast<std::uint8_t>(at / BlockBytes >> shift));
            }

            iotattest::mbedtls::ShaStream hash;
            hash.begin();
            hash.update(input.data(), input.size());
            hash.finish(stream.data());
        }

        bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ stream[at % BlockBytes]);
    }

    return true;
}

bool read_mapped(std::uint8_t* bytes, std::size_t count)
{
    Chip& self = chip();
    return count <= self.map_length
        && (self.flash_encryption != 0 ? read_decrypted(self.map_offset, bytes, count) : self.flash.read(self.map_offset, bytes, count));
}

KeyBlock* key_block(int block)
{
    const int index = block - Chip::FirstKeyBlock;
    return index >= 0 && index < Chip::KeyBlocks ? &chip().blocks[static_cast<std::size_t>(index)] : nullptr;
}
}
