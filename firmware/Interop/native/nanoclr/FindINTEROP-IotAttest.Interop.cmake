# For nf-interpreter/CMake/Modules. The sources (firmware/Interop/native with core/, mbedtls/, nanoclr/ and the port's folder) go to
# nf-interpreter/InteropAssemblies/IotAttest.Interop. In the preset:
#   "NF_INTEROP_ASSEMBLIES": "IotAttest.Interop", "IOTATTEST_PORT": "esp32" or "stm32"
# and for stm32 "IOTATTEST_BOARD_MAP": a header of the port's folder, for example "boards/ST_STM32F769I_DISCOVERY.h".
# The provisioning firmware, a build of its own: "IOTATTEST_FACTORY": "ON", and CONFIG_NF_BUILD_RTM not set. It needs no patch. main.c or app_main.c then
# calls iotattest_factory() (nanoclr/factory.h) in place of the CLR.
# ESP32 needs these ESP-IDF components in the list of CMake/binutils.ESP32.cmake, as far as they are not there: app_update, bootloader_support,
# efuse, esp_hw_support, esp_partition, esp_security, esp_system, freertos, mbedtls, nvs_flash, spi_flash.
# Definitions made here reach targets of the calling directory only. If an interpreter's file is compiled elsewhere, closed_build.h or the linker says so.

set(IOTATTEST_PORT "" CACHE STRING "Port of IotAttest: esp32 or stm32")
set(IOTATTEST_BOARD_MAP "" CACHE STRING "Board map of the stm32 port, for example boards/ST_STM32F769I_DISCOVERY.h")
option(IOTATTEST_FACTORY "The provisioning firmware in place of a product" OFF)
set(BASE_PATH_FOR_THIS_MODULE ${PROJECT_SOURCE_DIR}/InteropAssemblies/IotAttest.Interop)

if(NOT IOTATTEST_PORT STREQUAL "esp32" AND NOT IOTATTEST_PORT STREQUAL "stm32")
    message(FATAL_ERROR "IotAttest: IOTATTEST_PORT is '${IOTATTEST_PORT}'; set it to esp32 or stm32.")
endif()

if(IOTATTEST_PORT STREQUAL "stm32" AND NOT IOTATTEST_BOARD_MAP MATCHES "^boards/[A-Za-z0-9_]+\\.h$")
    message(FATAL_ERROR "IotAttest: IOTATTEST_BOARD_MAP is '${IOTATTEST_BOARD_MAP}'; set it to a header in stm32/boards, for example boards/ST_STM32F769I_DISCOVERY.h.")
endif()

if(IOTATTEST_PORT STREQUAL "stm32" AND NOT EXISTS ${BASE_PATH_FOR_THIS_MODULE}/stm32/${IOTATTEST_BOARD_MAP})
    message(FATAL_ERROR "IotAttest: ${BASE_PATH_FOR_THIS_MODULE}/stm32/${IOTATTEST_BOARD_MAP} does not exist; set IOTATTEST_BOARD_MAP to a header in stm32/boards.")
endif()

if(IOTATTEST_FACTORY AND (CONFIG_NF_BUILD_RTM OR NF_BUILD_RTM))
    message(FATAL_ERROR "IotAttest: IOTATTEST_FACTORY and CONFIG_NF_BUILD_RTM exclude each other: a firmware that is shipped must not accept a key. Build the provisioning firmware without RTM, in a build folder of its own.")
endif()

# A line of a patch that has to stand in a file of the interpreter, so many times.
function(iotattest_require_patch patch file line count)
    set(found "")
    if(EXISTS ${PROJECT_SOURCE_DIR}/${file})
        file(STRINGS ${PROJECT_SOURCE_DIR}/${file} found REGEX "${line}")
    endif()

    list(LENGTH found seen)
    if(NOT seen EQUAL count)
        message(FATAL_ERROR "IotAttest: ${file} has ${seen} of ${count} lines '${line}': apply ${BASE_PATH_FOR_THIS_MODULE}/nanoclr/patches/${patch} to this interpreter.")
    endif()
endfunction()

# What closes a product. The provisioning firmware runs no assembly, gives no evidence and is replaced by the product.
if(IOTATTEST_FACTORY)
    add_compile_definitions(IOTATTEST_PROVISIONING)
else()
    iotattest_require_patch(0001-startup.patch src/PAL/Include/nanoPAL_IotAttest.h "define IOTATTEST_PATCH_SERIES 1$" 1)
    iotattest_require_patch(0001-startup.patch src/CLR/Startup/CLRStartup.cpp "IOTATTEST_PATCHED.startup" 1)
    iotattest_require_patch(0001-startup.patch src/CLR/Startup/CLRStartup.cpp "iotattest_boot" 1)
    iotattest_require_patch(0002-debug-link.patch src/CLR/Debugger/Debugger.cpp "IOTATTEST_PATCHED.debug_link" 1)
    iotattest_require_patch(0002-debug-link.patch src/CLR/Debugger/Debugger.cpp "#if IOTATTEST_DEBUG_LINK_MEMORY" 2)
    iotattest_require_patch(0003-assembly-load.patch src/CLR/CorLib/corlib_native_System_Reflection_Assembly.cpp "IOTATTEST_PATCHED.assembly_load" 1)
    iotattest_require_patch(0003-assembly-load.patch src/CLR/CorLib/corlib_native_System_Reflection_Assembly.cpp "#if IOTATTEST_ASSEMBLY_LOAD_BYTES" 1)
    iotattest_require_patch(0004-block-storage.patch src/PAL/BlockStorage/nanoPAL_BlockStorage.c "IOTATTEST_PATCHED.block_storage" 1)
    iotattest_require_patch(0004-block-storage.patch src/PAL/BlockStorage/nanoPAL_BlockStorage.c "iotattest_before_write" 3)
    if(IOTATTEST_PORT STREQUAL "stm32")
        iotattest_require_patch(0005-stm32-flash-driver.patch targets/ChibiOS/_common/Target_BlockStorage_STM32FlashDriver.c "iotattest_before_write" 2)
    endif()
    add_compile_definitions(IOTATTEST_CLOSED_BUILD)
endif()

if(IOTATTEST_PORT STREQUAL "stm32")
    add_compile_definitions("IOTATTEST_BOARD_MAP=\"${IOTATTEST_BOARD_MAP}\"")
endif()

# Every path to flash on ESP32 (esp32/README.md). The interpreter makes its program before it looks for assemblies; without these options it does not link.
if(IOTATTEST_PORT STREQUAL "esp32")
    set(iotattest_link_options -Wl,--wrap=esp_flash_write -Wl,--wrap=esp_flash_write_encrypted -Wl,--wrap=esp_flash_erase_region -Wl,--wrap=esp_flash_erase_chip)
    if(TARGET ${NANOCLR_PROJECT_NAME}.elf)
        target_link_options(${NANOCLR_PROJECT_NAME}.elf PRIVATE ${iotattest_link_options})
    else()
        add_link_options(${iotattest_link_options})
    endif()
endif()

set(IotAttest.Interop_INCLUDE_DIRS
    ${PROJECT_SOURCE_DIR}/src/CLR/Core
    ${PROJECT_SOURCE_DIR}/src/CLR/Include
    ${PROJECT_SOURCE_DIR}/src/HAL/Include
    ${PROJECT_SOURCE_DIR}/src/PAL/Include
    ${BASE_PATH_FOR_THIS_MODULE}/core
    ${BASE_PATH_FOR_THIS_MODULE}/mbedtls
    ${BASE_PATH_FOR_THIS_MODULE}/nanoclr
    ${BASE_PATH_FOR_THIS_MODULE}/${IOTATTEST_PORT})

# ESP-IDF brings its own mbedTLS with the component; the others take the interpreter's, with its configuration.
if(IOTATTEST_PORT STREQUAL "stm32")
    set(NF_REQUIRES_MBEDTLS TRUE CACHE BOOL "Enable Mbed TLS for IotAttest.Interop" FORCE)
    list(APPEND IotAttest.Interop_INCLUDE_DIRS ${PROJECT_SOURCE_DIR}/src/PAL/COM/sockets/ssl/MbedTLS)
    if(mbedtls_SOURCE_DIR)
        list(APPEND IotAttest.Interop_INCLUDE_DIRS ${mbedtls_SOURCE_DIR}/include)
    endif()
endif()

# What only the provisioning firmware has stays out of a product: provisioning, and making P-256 keys. What only a product has stays out of the
# provisioning firmware: of nanoclr it takes provisioning*.cpp alone.
set(IotAttest.Interop_SOURCES "")
foreach(folder core mbedtls nanoclr ${IOTATTEST_PORT})
    file(GLOB found CONFIGURE_DEPENDS ${BASE_PATH_FOR_THIS_MODULE}/${folder}/*.cpp)
    if(NOT IOTATTEST_FACTORY)
        list(FILTER found EXCLUDE REGEX "/(provision[^/]*|p256_key)\\.cpp$")
    elseif(folder STREQUAL "nanoclr")
        list(FILTER found INCLUDE REGEX "/provision[^/]*\\.cpp$")
    endif()

    if(NOT found)
        message(FATAL_ERROR "IotAttest: ${BASE_PATH_FOR_THIS_MODULE}/${folder} has no sources.")
    endif()

    list(APPEND IotAttest.Interop_SOURCES ${found})
endforeach()

include(FindPackageHandleStandardArgs)

FIND_PACKAGE_HANDLE_STANDARD_ARGS(IotAttest.Interop DEFAULT_MSG IotAttest.Interop_INCLUDE_DIRS IotAttest.Interop_SOURCES)
