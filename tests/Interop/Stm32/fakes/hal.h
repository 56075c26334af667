// Stands in for ChibiOS' header, so that the platform file compiles without it.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C"
{
void osalSysLock(void);
void osalSysUnlock(void);
}

// A channel (os/hal/include/hal_channels.h) and its time-outs.
using systime_t = std::uint32_t;

struct ChannelTable
{
    std::size_t (*writet)(void* instance, const std::uint8_t* bytes, std::size_t count, systime_t time);
    std::size_t (*readt)(void* instance, std::uint8_t* bytes, std::size_t count, systime_t time);
};

struct SerialDriver
{
    const ChannelTable* vmt;
};

extern SerialDriver SD1;

#define TIME_MS2I(ms) (static_cast<systime_t>(ms))
#define chnReadTimeout(ip, bp, n, time) ((ip)->vmt->readt(ip, bp, n, time))
#define chnWriteTimeout(ip, bp, n, time) ((ip)->vmt->writet(ip, bp, n, time))
