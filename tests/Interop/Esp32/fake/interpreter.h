#pragma once

#include <vector>

#include "ops.h"

namespace fake
{
struct Interpreter
{
    std::vector<iotattest::Assembly> assemblies;
    std::uint64_t uptime = 0;
    std::uint32_t region_writes = 0;
};

Interpreter& interpreter();
}
