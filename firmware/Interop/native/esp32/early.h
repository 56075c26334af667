/* What app_main calls before anything else. C, as app_main is. */
#pragma once

#ifdef __cplusplus
extern "C"
{
#endif

/* Draws the entropy of this run from the chip's noise source. Once after each reset, before RF, ADC or I2S are initialised
   (components/bootloader_support/include/bootloader_random.h); without it there is no boot seed and so no evidence. */
void iotattest_collect_entropy(void);

#ifdef __cplusplus
}
#endif
