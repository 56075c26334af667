#!/usr/bin/env bash
# Compiles the core for Cortex-M4 and prints code size, static memory and the deepest stack frame.
# Needs arm-none-eabi-g++ (Debian: gcc-arm-none-eabi, libstdc++-arm-none-eabi-newlib).
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v arm-none-eabi-g++ >/dev/null; then
    echo "arm-none-eabi-g++ is not on PATH: apt-get install gcc-arm-none-eabi libstdc++-arm-none-eabi-newlib" >&2
    exit 3
fi

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
flags=(-mcpu=cortex-m4 -mthumb -std=c++17 -Os -fno-exceptions -fno-rtti -fno-threadsafe-statics
    -ffunction-sections -fdata-sections -Wall -Wextra -Werror -fstack-usage -Icore)

# One instance as a port has it: what it costs in static memory.
cat >"$out/instance.cpp" <<'EOF'
#include "attester.h"
extern const iotattest::Ops port_ops;
iotattest::Attester attester(port_ops);
EOF

objects=()
for source in core/*.cpp "$out/instance.cpp"; do
    object=$out/$(basename "$source" .cpp).o
    arm-none-eabi-g++ "${flags[@]}" -c "$source" -o "$object"
    objects+=("$object")
done

arm-none-eabi-size "${objects[@]/$out\/instance.o/}" 2>/dev/null | awk 'NR > 1 { text += $1; ram += $2 + $3 }
    END { printf "code and constants: %d bytes (limit 6144)\nstatic memory of the core itself: %d bytes\n", text, ram }'
arm-none-eabi-size "$out/instance.o" | awk 'NR > 1 { printf "static memory of one attester: %d bytes (limit 1024)\n", $2 + $3 }'
sort -t$'\t' -k2 -n -r "$out"/*.su | head -n 5 | awk -F'\t' '
    { sub(/.*core\//, "", $1) }
    NR == 1 { printf "largest stack frame: %d bytes, %s (limit 2048)\n", $2, $1 }
    NR > 1 { printf "  then %d bytes, %s\n", $2, $1 }'
