// Every write and erase of flash by code that runs here passes these four functions of components/spi_flash/include/esp_flash.h: the
// partition, OTA and NVS calls end in them. The linker puts these in front (README.md names the options); without those options
// __real_ has no definition and the firmware does not link. Not seen: code that calls the ROM's flash functions or drives the SPI itself.
#include "esp_flash.h"
#include "hooks.h"

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker's --wrap fixes these names.
extern "C"
{
esp_err_t __real_esp_flash_erase_chip(esp_flash_t* chip);
esp_err_t __real_esp_flash_erase_region(esp_flash_t* chip, uint32_t start, uint32_t len);
esp_err_t __real_esp_flash_write(esp_flash_t* chip, const void* buffer, uint32_t address, uint32_t length);
esp_err_t __real_esp_flash_write_encrypted(esp_flash_t* chip, uint32_t address, const void* buffer, uint32_t length);

// Another chip than the main one is counted as if it were the main one: rather one write too many.
esp_err_t __wrap_esp_flash_erase_chip(esp_flash_t* chip)
{
    iotattest_before_write(0, UINT32_MAX);
    return __real_esp_flash_erase_chip(chip);
}

esp_err_t __wrap_esp_flash_erase_region(esp_flash_t* chip, uint32_t start, uint32_t len)
{
    iotattest_before_write(start, len);
    return __real_esp_flash_erase_region(chip, start, len);
}

esp_err_t __wrap_esp_flash_write(esp_flash_t* chip, const void* buffer, uint32_t address, uint32_t length)
{
    iotattest_before_write(address, length);
    return __real_esp_flash_write(chip, buffer, address, length);
}

esp_err_t __wrap_esp_flash_write_encrypted(esp_flash_t* chip, uint32_t address, const void* buffer, uint32_t length)
{
    iotattest_before_write(address, length);
    return __real_esp_flash_write_encrypted(chip, address, buffer, length);
}
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
