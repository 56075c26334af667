// nanoFramework on ChibiOS. The driver behind rngStart is nanoFramework's own (_nf-overlay, stm32_rng); its clock is all that is used of it,
// as rngGenerateRandomNumber answers 0 after a time-out and looks at no error flag.
#include "platform.h"

#include <hal.h>
#include <hal_nf_community.h>

namespace iotattest::stm32
{
void start_random()
{
    rngStart();
}

void enter_critical()
{
    osalSysLock();
}

void leave_critical()
{
    osalSysUnlock();
}
}
