#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace iotattest::host
{
// A flash chip in a file, mapped for reading and writing. Holds what the chip holds: encrypted bytes where encryption is on.
class FlashFile
{
public:
    enum class Mapping
    {
        Shared,  // what is written goes to the file
        Private, // the file is only read; what is written stays with this object
    };

    FlashFile() = default;
    ~FlashFile();
    FlashFile(const FlashFile&) = delete;
    FlashFile& operator=(const FlashFile&) = delete;

    // Opens an existing file of 1 byte or more; false when it cannot be mapped or one is open already.
    bool open(const std::string& path, Mapping mapping = Mapping::Shared);

    bool holds(std::uint64_t offset, std::uint64_t count) const { return offset <= size_ && count <= size_ - offset; }
    bool read(std::uint64_t offset, std::uint8_t* bytes, std::size_t count) const;
    bool write(std::uint64_t offset, const std::uint8_t* bytes, std::size_t count);

private:
    std::uint8_t* bytes_ = nullptr;
    std::size_t size_ = 0;
};
}
