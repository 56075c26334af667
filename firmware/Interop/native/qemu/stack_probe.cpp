#include "stack_probe.h"

#include "linker_symbols.h"

namespace iotattest::qemu
{
namespace
{
constexpr std::uint8_t Paint = 0xC5;
}

[[gnu::noinline]] void paint_stack()
{
    // Byte by byte and volatile: a call of memset would stand on the stack it paints.
    const std::uintptr_t end = stack_pointer();
    for (volatile std::uint8_t* each = stack_limit; reinterpret_cast<std::uintptr_t>(each) < end; each++)
    {
        *each = Paint;
    }
}

std::size_t stack_used_below(std::uintptr_t from)
{
    const volatile std::uint8_t* each = stack_limit;
    while (reinterpret_cast<std::uintptr_t>(each) < from && *each == Paint)
    {
        each++;
    }

    return from - reinterpret_cast<std::uintptr_t>(each);
}
}
