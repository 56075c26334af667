// Stands in for ChibiOS' header, so that the platform file compiles without it.
#pragma once

extern "C"
{
void osalSysLock(void);
void osalSysUnlock(void);
}
