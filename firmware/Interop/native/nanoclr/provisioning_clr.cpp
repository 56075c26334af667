#ifdef IOTATTEST_PROVISIONING
// The interpreter's side of a provisioning firmware: nothing runs an assembly there and nothing attests. What the port's table refers to is here,
// in place of the files that closed_build.h guards, so that no line of them gets into a firmware that accepts keys.
#include <nanoCLR_Interop.h>

#include "factory.h"
#include "hooks.h"
#include "port.h"
#include "provisioning_console.h"

#if defined(IOTATTEST_CLOSED_BUILD) || defined(BUILD_RTM)
#error "IotAttest: a provisioning firmware is no product. Build it apart: IOTATTEST_FACTORY=ON, without RTM and without IOTATTEST_CLOSED_BUILD."
#endif

namespace iotattest
{
std::uint32_t clr_region_writes(void*)
{
    return 0;
}

bool clr_loaded_assembly(void*, std::size_t, Assembly*, bool*)
{
    return false; // so that there is no evidence whoever asks
}

bool clr_uptime(void*, std::uint64_t*)
{
    return false;
}
}

extern "C" void iotattest_before_write(uint32_t, uint32_t) {}

extern "C" void iotattest_factory(void)
{
    iotattest_provisioning_console();
}

// The interpreter's table of native assemblies names this object. No methods, and a checksum that no assembly has: nothing loads against it.
// clang-format off: the interpreter's CMake reads name, checksum and version with a regular expression.
extern const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_IotAttest_Interop;

const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_IotAttest_Interop =
{
    "IotAttest.Interop",
    0x00000000,
    nullptr,
    { 1, 0, 0, 0 }
};
#endif
