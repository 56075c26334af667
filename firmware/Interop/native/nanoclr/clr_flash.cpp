#include <atomic>

#include "clr_module.h"
#include "hooks.h"
#include "port.h"

namespace iotattest
{
namespace
{
// Stops short of the end, so that writers that count at the same time cannot wrap it.
constexpr std::uint32_t LastCount = UINT32_MAX - 255;

std::atomic<std::uint32_t> writes{0};
}

bool is_write_counter_spent()
{
    return writes.load() >= LastCount;
}

std::uint32_t clr_region_writes(void*)
{
    return writes.load();
}
}

extern "C" void iotattest_before_write(uint32_t address, uint32_t count)
{
    using namespace iotattest;
    if (count > 0 && iotattest_port_measures(address, count) && !is_write_counter_spent())
    {
        writes.fetch_add(1);
    }
}
