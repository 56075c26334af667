// What the port needs of the operating system of the firmware.
#pragma once

namespace iotattest::stm32
{
// Gives the random number generator its clock and turns it on; nothing when it is on.
void start_random();

// No other thread and no interrupt runs between the two, so that nothing else uses the flash controller.
void enter_critical();
void leave_critical();

class Critical
{
public:
    Critical() { enter_critical(); }
    ~Critical() { leave_critical(); }
    Critical(const Critical&) = delete;
    Critical& operator=(const Critical&) = delete;
};
}
