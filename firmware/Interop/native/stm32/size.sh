#!/usr/bin/env bash
# Compiles the port for Cortex-M7 and prints code size, static memory and stack use of each file.
# Needs arm-none-eabi-g++ and the headers of mbedTLS (Debian: gcc-arm-none-eabi, libstdc++-arm-none-eabi-newlib, libmbedtls-dev).
# The first argument is a folder with hal.h and hal_nf_community.h of a firmware; without it platform_chibios.cpp is left out.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v arm-none-eabi-g++ >/dev/null; then
    echo "arm-none-eabi-g++ is not on PATH: apt-get install gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib" >&2
    exit 3
fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
ln -s /usr/include/mbedtls /usr/include/psa "$out"/
flags=(-mcpu=cortex-m7 -mthumb -std=c++17 -Os -fno-exceptions -fno-rtti -fno-threadsafe-statics -ffunction-sections -fdata-sections
    -Wall -Wextra -Werror -Wconversion -Wshadow -fstack-usage -I. -I../core -I../mbedtls -I../nanoclr -isystem "$out"
    '-DIOTATTEST_BOARD_MAP="boards/ST_STM32F769I_DISCOVERY.h"')

sources=(boot_counter.cpp bus.cpp key_sector.cpp port.cpp protection.cpp random.cpp state_flash.cpp
    ../mbedtls/authenticate.cpp ../mbedtls/random.cpp ../mbedtls/sha_stream.cpp)
if [ $# -gt 0 ]; then
    flags+=(-I"$1")
    sources+=(platform_chibios.cpp)
fi

for source in "${sources[@]}"; do
    arm-none-eabi-g++ "${flags[@]}" -c "$source" -o "$out/$(echo "${source#../}" | tr / _ | sed 's/\.cpp$//').o"
done

# The factory's sources compile for the processor; they are no part of the sizes.
factory=(provisioning_port.cpp provisioning_console.cpp ../mbedtls/p256_key.cpp ../core/provisioning.cpp ../core/provisioning_line.cpp)
if [ $# -gt 0 ]; then
    factory+=(provisioning_serial.cpp)
fi

for source in "${factory[@]}"; do
    arm-none-eabi-g++ "${flags[@]}" -DIOTATTEST_PROVISIONING -c "$source" -o "$out/factory"
done
rm "$out"/factory*

arm-none-eabi-size "$out"/*.o | awk 'NR > 1 { text += $1; ram += $2 + $3; sub(".*/", "", $6); printf "%-28s %5d bytes of code, %4d of static memory\n", $6, $1, $2 + $3 }
    END { printf "code and constants: %d bytes\nstatic memory: %d bytes\n", text, ram }'
cat "$out"/*.su | sort -t "$(printf '\t')" -k 2 -n -r | awk -F '\t' 'NR <= 3 { printf "stack frame of %s: %d bytes\n", $1, $2 }'

# Static objects must not ask for code that runs at the end of the program: firmware has none.
if arm-none-eabi-nm "$out"/*.o | grep -E 'atexit|__dso_handle|_GLOBAL__sub_I'; then
    echo "a static object needs code at start or end" >&2
    exit 1
fi
