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

compile() {
    arm-none-eabi-g++ "${flags[@]}" -c "$1" -o "$out/$(basename "$1" .cpp).o"
}

for source in core/*.cpp; do
    compile "$source"
done

arm-none-eabi-size "$out"/*.o | awk 'NR > 1 { text += $1; ram += $2 + $3 }
    END { printf "code and constants: %d bytes (limit 6144)\nstatic memory beside the attester: %d bytes\n", text, ram }'

compile "$out/instance.cpp"
arm-none-eabi-size "$out/instance.o" | awk 'NR > 1 { printf "static memory of one attester: %d bytes (limit 1024)\n", $2 + $3 }'

# Nothing in the core calls itself, so no chain of calls needs more than all frames together.
cat "$out"/*.su | awk -F'\t' '{ sub(/^.*core\//, "", $1); if ($2 > most) { most = $2; name = $1 } sum += $2 }
    END { printf "largest stack frame: %d bytes, %s (limit 2048)\nall stack frames together: %d bytes, without the port\n", most, name, sum }'
