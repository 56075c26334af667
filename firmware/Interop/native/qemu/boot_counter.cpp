#include "boot_counter.h"

#include "semihosting.h"

namespace iotattest::qemu
{
namespace
{
constexpr const char* Path = "boot-count";
constexpr const char* PathOfNew = "boot-count.new";
constexpr std::uint64_t Max = INT64_MAX;

bool read_count(std::uint64_t* count)
{
    std::uint8_t bytes[sizeof *count];
    if (!read_file(Path, bytes, sizeof bytes))
    {
        return false;
    }

    *count = 0;
    for (const std::uint8_t each : bytes)
    {
        *count = (*count << 8) | each;
    }

    return true;
}

bool write_count(std::uint64_t count)
{
    std::uint8_t bytes[sizeof count];
    for (std::uint8_t* each = bytes + sizeof bytes; each > bytes; count >>= 8)
    {
        *--each = static_cast<std::uint8_t>(count);
    }

    return replace_file(Path, PathOfNew, bytes, sizeof bytes);
}
}

bool count_boot(std::uint64_t* count)
{
    std::uint64_t before = 0;
    return read_count(&before) && before < Max && write_count(before + 1) && read_count(count) && *count == before + 1;
}
}
