#pragma once

#include <cstddef>
#include <cstdint>

namespace iotattest::stm32
{
// Bytes from the chip's generator, with the signature of Ops::random; any count. False when the generator reports an error of its clock or its
// seed, gives the same word twice in a row, or gives none.
bool fill_random(void* context, std::uint8_t* bytes, std::size_t count);
}
