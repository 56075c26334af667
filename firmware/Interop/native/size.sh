#!/usr/bin/env bash
# Compiles the core for Cortex-M4 and prints code size, static memory and stack use.
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
    -ffunction-sections -fdata-sections -Wall -Wextra -Werror -fstack-usage -fcallgraph-info=su -Icore)

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

# All that a product links of core/. What only the factory has must come out empty.
arm-none-eabi-size "$out"/*.o | awk 'NR > 1 { text += $1; ram += $2 + $3; sub(".*/", "", $6) }
    NR > 1 && $6 == "identity_record.o" { identity = $1 }
    NR > 1 && $6 ~ /^provisioning/ { factory += $1 + $2 + $3 }
    END {
        printf "code and constants: %d bytes (limit 6144)\n", text
        printf "  of these the attester: %d bytes, the identity record: %d bytes\n", text - identity, identity
        printf "static memory beside the attester: %d bytes\n", ram
        if (factory > 0) { print "the code of the factory is in a product: " factory " bytes" > "/dev/stderr"; exit 1 }
    }'

compile "$out/instance.cpp"
arm-none-eabi-size "$out/instance.o" | awk 'NR > 1 { printf "static memory of one attester: %d bytes (limit 1024)\n", $2 + $3 }'

# The compiler writes each function's frame and its calls; calls through ops.h end a chain, as the port's frames are its own.
cat "$out"/*.ci | awk '
    { gsub(/[a-z_]+\.cpp:_Z/, "_Z") } # functions of one file carry its name
    /^node:/ && match($0, /[0-9]+ bytes/) { split($0, part, "\""); own[part[2]] = substr($0, RSTART) + 0; split(part[4], line, "\\\\n"); label[part[2]] = line[1] }
    /^edge:/ { split($0, part, "\""); calls[part[2]] = calls[part[2]] "\"" part[4] }
    function deepest(name, next_calls, i, n, below, most) {
        n = split(calls[name], next_calls, "\""); most = 0
        for (i = 2; i <= n; i++) { below = deepest(next_calls[i]); if (below > most) most = below }
        return own[name] + most
    }
    END {
        for (name in own) {
            if (own[name] > frame) { frame = own[name]; largest = label[name] }
            if (deepest(name) > chain) { chain = deepest(name); start = label[name] }
        }
        printf "largest stack frame: %d bytes, %s\n", frame, largest
        printf "deepest chain of calls: %d bytes, from %s (limit 2048)\n", chain, start
    }'
