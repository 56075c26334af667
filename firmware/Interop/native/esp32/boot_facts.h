#pragma once

#include "ops.h"

namespace iotattest::esp32
{
// Reads the fuses now. What cannot be read is Unknown; README.md explains each value.
BootFacts read_boot_facts();
}
