/* What the patched interpreter calls. C, because its block storage layer is C; it includes nothing else of the module. */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

/* At every CLR start, a CLR-only restart too, after the hardware is up and before an assembly is loaded. Failure shows in the calls: no evidence. */
void iotattest_boot(void);

/* Before each write or erase of flash, with the address as the flash driver takes it; an erase names any byte of what it erases.
   May be called from any thread, so a port must not measure through it. */
void iotattest_before_write(uint32_t address, uint32_t count);

#ifdef __cplusplus
}
#endif
