// What native/nanoclr gives to a port: the counter of writes, the list of assemblies, the seconds since boot.
#include "interpreter.h"

#include "hooks.h"
#include "port.h"

namespace fake
{
Interpreter& interpreter()
{
    static Interpreter instance;
    return instance;
}
}

extern "C" void iotattest_before_write(uint32_t address, uint32_t count)
{
    fake::interpreter().region_writes += iotattest::iotattest_port_measures(address, count) ? 1 : 0;
}

namespace iotattest
{
std::uint32_t clr_region_writes(void*)
{
    return fake::interpreter().region_writes;
}

bool clr_loaded_assembly(void*, std::size_t index, Assembly* assembly, bool* has)
{
    const auto& assemblies = fake::interpreter().assemblies;
    *has = index < assemblies.size();
    if (*has)
    {
        *assembly = assemblies[index];
    }

    return true;
}

bool clr_uptime(void*, std::uint64_t* seconds)
{
    *seconds = fake::interpreter().uptime;
    return true;
}
}
