/* For the factory only: what nanoclr's iotattest_factory hands over to, as in the port for ESP32. */
#pragma once

#ifdef __cplusplus
extern "C"
{
#endif

/* Answers lines on the serial port of the debug link, for ever. The kernel runs, main.c has started the port, and no other thread reads it. */
void iotattest_provisioning_console(void);

#ifdef __cplusplus
}
#endif
