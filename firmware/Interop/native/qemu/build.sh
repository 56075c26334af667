#!/usr/bin/env bash
# Builds the firmware of the emulated board into a folder: bootloader.bin and clr.bin, what flash holds at the start of these regions.
# Needs arm-none-eabi-g++ (Debian: gcc-arm-none-eabi, libnewlib-arm-none-eabi, libstdc++-arm-none-eabi-newlib); their libraries are
# only read for headers.
set -euo pipefail
if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 2
fi

mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")"

# As in size.sh.
flags=(-mcpu=cortex-m4 -mthumb -std=c++17 -Os -fno-exceptions -fno-rtti -fno-threadsafe-statics
    -ffunction-sections -fdata-sections -Wall -Wextra -Werror -Wconversion -Wshadow -I. -I../core -I../sha256)

objects=()
for source in ../core/*.cpp ../sha256/sha256.cpp ../sha256/hmac_sha256.cpp ./*.cpp; do
    name=$(basename "$source" .cpp)
    extra=()
    if [ "$name" = memory ] || [ "$name" = startup ]; then
        extra=(-fno-tree-loop-distribute-patterns) # their loops must not become calls of memcpy, memset and strlen
    fi
    arm-none-eabi-g++ "${flags[@]}" "${extra[@]}" -c "$source" -o "$out/$name.o"
    objects+=("$out/$name.o")
done

arm-none-eabi-g++ -mcpu=cortex-m4 -mthumb -nostdlib -Wl,--gc-sections -Wl,--fatal-warnings -T link.ld "${objects[@]}" -lgcc -o "$out/board.elf"
arm-none-eabi-objcopy -O binary -j .bootloader "$out/board.elf" "$out/bootloader.bin"
arm-none-eabi-objcopy -O binary -j .clr -j .data "$out/board.elf" "$out/clr.bin"
arm-none-eabi-size "$out/sha256.o" "$out/hmac_sha256.o" "$out/board.elf"
