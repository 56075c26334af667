// components/bootloader_support/include/bootloader_random.h
#pragma once

#ifdef __cplusplus
extern "C"
{
#endif

void bootloader_random_enable(void);
void bootloader_random_disable(void);

#ifdef __cplusplus
}
#endif
