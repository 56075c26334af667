// What a port gives to this folder, and what it gets from it. A port is one folder beside this one: esp32/ or stm32/.
#pragma once

#include "ops.h"

namespace iotattest
{
// From the port -----------------------------------------------------------------------------------------------------------------

// The table, the same one at every call. Its `identity` answers false on a board that is not provisioned: ReadUeid and Begin then
// answer NotProvisioned. The three functions below go into it; none of them looks at its context.
const Ops& iotattest_port_ops();

// Whether a write or an erase there touches a measured region: `address` as the flash driver of the port's CLR has it (a flash address;
// on STM32 the mapped one), `count` 1 or more. True when in doubt. Called from any thread, and before iotattest_boot too. Regions start
// and end where erase blocks do, so that an erase is measured when any of its bytes is.
bool iotattest_port_measures(std::uint32_t address, std::uint32_t count);

// From this folder, for the port's table ----------------------------------------------------------------------------------------

// Ops::region_writes: what iotattest_before_write counted. A port whose own code writes a measured region calls that hook too.
std::uint32_t clr_region_writes(void* context);

// Ops::loaded_assembly: the interpreter's list.
bool clr_loaded_assembly(void* context, std::size_t index, Assembly* assembly, bool* has);

// Ops::uptime: seconds by the system tick since iotattest_boot was last called.
bool clr_uptime(void* context, std::uint64_t* seconds);
}
