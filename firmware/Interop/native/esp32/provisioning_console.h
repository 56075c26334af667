/* For the factory only: what app_main of the provisioning firmware calls in place of the CLR. C, as app_main is. */
#pragma once

#ifdef __cplusplus
extern "C"
{
#endif

/* Answers lines on the console, for ever. app_main has called iotattest_collect_entropy and nvs_flash_init before. */
void iotattest_provisioning_console(void);

#ifdef __cplusplus
}
#endif
