#include "random.h"

#include <cstring>

#include "bus.h"
#include "platform.h"
#include "registers.h"
#include "wipe.h"

namespace iotattest::stm32
{
namespace
{
// A word takes about 40 cycles of a 48 MHz clock.
constexpr int Polls = 1000000;

bool next_word(std::uint32_t* word)
{
    for (int i = 0; i < Polls; i++)
    {
        const std::uint32_t status = bus_load(RandomStatus);
        if ((status & RandomFaults) != 0)
        {
            return false;
        }

        if ((status & RandomReady) != 0)
        {
            *word = bus_load(RandomData);
            return true;
        }
    }

    return false;
}

// Clears what was reported and starts over, so that the next call finds a generator without a past.
void restart()
{
    bus_store(RandomControl, bus_load(RandomControl) & ~RandomEnable);
    bus_store(RandomStatus, 0);
    bus_store(RandomControl, bus_load(RandomControl) | RandomEnable);
}

bool fill(std::uint8_t* bytes, std::size_t count)
{
    // The first word is not used but compared with the second, as the reference manuals ask.
    std::uint32_t last = 0;
    std::uint32_t word = 0;
    WipeAtEnd wiped(&word, sizeof word);
    WipeAtEnd last_wiped(&last, sizeof last);
    bool is_good = next_word(&last);
    for (std::size_t at = 0; is_good && at < count; at += sizeof word)
    {
        is_good = next_word(&word) && word != last;
        last = word;
        std::memcpy(bytes + at, &word, count - at < sizeof word ? count - at : sizeof word);
    }

    return is_good;
}
}

bool fill_random(void*, std::uint8_t* bytes, std::size_t count)
{
    start_random();
    if (fill(bytes, count))
    {
        return true;
    }

    wipe(bytes, count);
    restart();
    return false;
}
}
