#pragma once

#include "ops.h"

namespace iotattest::qemu
{
// Stands in for the interpreter's list of loaded assemblies, as no interpreter runs here: the assemblies that lie end to end at the start of the
// deployment, by their headers. Sets *has to false past the last one.
void assembly_at(std::size_t index, Assembly* assembly, bool* has);
}
