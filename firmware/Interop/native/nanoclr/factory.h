/* For the factory only: what main.c or app_main.c of the provisioning firmware calls in place of the CLR's start-up. C, as those are. A product has no
   such function, so that one which calls it does not link. */
#pragma once

#ifdef __cplusplus
extern "C"
{
#endif

/* Answers provisioning lines on the serial port of the debug link (ESP32: on the console), for ever. Before it: on ESP32
   iotattest_collect_entropy and nvs_flash_init; on STM32 the kernel, and the serial driver started, with no other thread that reads it. */
void iotattest_factory(void);

#ifdef __cplusplus
}
#endif
