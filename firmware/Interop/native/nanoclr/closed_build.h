// Refuses to compile the module into an interpreter that is not closed (docs/adr/0012). What counts is what the interpreter's sources
// compile in: patches/ put nanoPAL_IotAttest.h there, its switches stand around the code they name, and each place that dropped
// its code defines a marker, so that a tree with only some patches does not link. BUILD_RTM is what those sources test; CONFIG_NF_BUILD_RTM sets it.
#pragma once

#if !__has_include(<nanoPAL_IotAttest.h>)
#error "IotAttest: this interpreter is not patched. Apply firmware/Interop/native/nanoclr/patches to nf-interpreter."
#endif
#include <nanoPAL_IotAttest.h>

#if !defined(BUILD_RTM)
#error "IotAttest: this is a development build. Set CONFIG_NF_BUILD_RTM=y."
#endif

#if defined(NANOCLR_ENABLE_SOURCELEVELDEBUGGING)
#error "IotAttest: source-level debugging writes managed memory over the debug link. Switch the debugger feature off."
#endif

#if !defined(IOTATTEST_DEBUG_LINK_MEMORY) || IOTATTEST_DEBUG_LINK_MEMORY != 0
#error "IotAttest: the debug link can write memory, deployment and configuration. Define IOTATTEST_CLOSED_BUILD for the whole nanoCLR."
#endif

#if !defined(IOTATTEST_ASSEMBLY_LOAD_BYTES) || IOTATTEST_ASSEMBLY_LOAD_BYTES != 0
#error "IotAttest: Assembly.Load(byte[]) runs code that is in no measured flash. Define IOTATTEST_CLOSED_BUILD for the whole nanoCLR."
#endif

#if defined(CONFIG_NF_FEATURE_HAS_MCUBOOT) && CONFIG_NF_FEATURE_HAS_MCUBOOT
#error "IotAttest: the debug link of the 2.0 line writes images too, which the patches do not cover. Use the 1.x line."
#endif

#if !defined(IOTATTEST_PATCH_SERIES) || IOTATTEST_PATCH_SERIES != 1
#error "IotAttest: the interpreter carries another series of patches than this module needs: 1."
#endif

namespace iotattest
{
// Whether every patched place says that it is of this series. References all markers: a missing one is named by the linker.
inline bool is_closed()
{
    return iotattest_patch_startup == IOTATTEST_PATCH_SERIES && iotattest_patch_debug_link == IOTATTEST_PATCH_SERIES
        && iotattest_patch_assembly_load == IOTATTEST_PATCH_SERIES && iotattest_patch_block_storage == IOTATTEST_PATCH_SERIES;
}
}
