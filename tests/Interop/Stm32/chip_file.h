#pragma once

#include "fake_chip.h"

namespace iotattest::stm32::fake
{
// Puts the chip's memory into a file, new when there is none, and gives it power. Losing power ends the program with 42. False when the
// file cannot be had.
bool open_chip(const char* path);
}
