// components/spi_flash/include/spi_flash_mmap.h
#pragma once

#include <stddef.h>
#include <stdint.h>

#define SPI_FLASH_CACHE2PHYS_FAIL UINT32_MAX

#ifdef __cplusplus
extern "C"
#endif
size_t spi_flash_cache2phys(const void* cached);
