#include "boot_counter.h"

#include "storage.h"

namespace iotattest::esp32
{
namespace
{
bool read_count(std::uint64_t* count)
{
    Storage storage;
    return storage.open(NVS_READONLY) && storage.read(BootsKey, count);
}

bool write_count(std::uint64_t count)
{
    Storage storage;
    return storage.open(NVS_READWRITE) && storage.write(BootsKey, count) && storage.commit();
}
}

bool next_boot(std::uint64_t* count)
{
    std::uint64_t last = 0;
    std::uint64_t kept = 0;
    if (!read_count(&last) || last >= INT64_MAX)
    {
        return false;
    }

    // A power cut in between leaves the old number or the new one; neither was used yet.
    if (!write_count(last + 1) || !read_count(&kept) || kept != last + 1)
    {
        return false;
    }

    *count = kept;
    return true;
}
}
