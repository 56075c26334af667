#!/usr/bin/env bash
# cppcheck and clang-tidy over all C++ of this folder; any finding is a failure.
# Needs cppcheck, clang-tidy, clang++, cmake and libmbedtls-dev; with arm-none-eabi-g++ it also reads what only that processor compiles.
# A source that a CMake project builds, here or in the tests with stand-ins for a chip's kit, is checked as it is built there. Any other is
# checked on its own; one that needs headers of a chip's kit, or says by #error what it lacks, is named and left out.
set -euo pipefail
cd "$(dirname "$0")"

for tool in cppcheck clang-tidy clang++ cmake; do
    if ! command -v "$tool" >/dev/null; then
        echo "$tool is not on PATH: apt-get install cppcheck clang-tidy clang libclang-rt-14-dev cmake" >&2
        exit 3
    fi
done

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
status=0
cppcheck_flags=("--enable=warning,style,performance,portability" --inline-suppr --std=c++17 --error-exitcode=1 -q
    --suppress=useStlAlgorithm            # no algorithms in code for boards: their templates cost flash
    --suppress=preprocessorErrorDirective) # a combination that a header refuses is not built

# Headers that the patches add to the interpreter: what is compiled inside it needs them.
mkdir -p "$out/patched"
for patch in nanoclr/patches/*.patch; do
    [ -e "$patch" ] || continue
    sed -n '/^--- \/dev\/null$/,/^diff /{/^+++ /d;s/^+//p}' "$patch" >"$out/added"
    header=$(sed -n '/^--- \/dev\/null$/{n;s/^+++ b\/.*\/\([^/]*\.h\)$/\1/p}' "$patch")
    [ -z "$header" ] || cp "$out/added" "$out/patched/$header"
done

# Each source once, as "folder with compile_commands.json, source".
: >"$out/sources"
add() {
    grep -qF " $2" "$out/sources" || printf '%s %s\n' "$1" "$2" >>"$out/sources"
}

while IFS= read -r list; do
    grep -q '^project(' "$list" || continue # a component of somebody else's build
    folder=$(dirname "$list")
    database=$out/$(realpath "$folder" | tr / _)
    if ! cmake -S "$folder" -B "$database" -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
        -DIOTATTEST_PATCHED_HEADERS="$out/patched" >"$out/log" 2>&1; then
        cat "$out/log" >&2
        exit 1
    fi
    cppcheck "${cppcheck_flags[@]}" --project="$database/compile_commands.json" --file-filter="$PWD/*" || status=1
    while IFS= read -r source; do
        source=$(realpath "$source")
        [ "${source#"$PWD"/}" = "$source" ] || add "$database" "$source"
    done < <(sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$database/compile_commands.json")
done < <(find . ../../../tests/Interop -name CMakeLists.txt -not -path '*/bin/*' -not -path '*/obj/*' | sort)
built=$(wc -l <"$out/sources")

# For a 32-bit processor where there is a compiler for one: the headers are its own, clang only reads.
target=()
if command -v arm-none-eabi-g++ >/dev/null; then
    target=(--target=arm-none-eabi -mcpu=cortex-m4 -mthumb)
    while IFS= read -r include; do
        target+=(-isystem "$include")
    done < <(arm-none-eabi-g++ -mcpu=cortex-m4 -mthumb -E -x c++ -v /dev/null 2>&1 | sed -n '/^#include </,/^End/ s/^ //p')
fi

while IFS= read -r source; do
    grep -qF " $(realpath "$source")" "$out/sources" && continue
    flags=(-std=c++17 -fno-exceptions -I"$(dirname "$source")")
    while IFS= read -r include; do
        flags+=(-I"$include")
    done < <(find . -mindepth 1 -maxdepth 1 -type d ! -name host ! -name fuzz | sort)
    case $source in *provision*) flags+=(-DIOTATTEST_PROVISIONING) ;; esac

    if clang++ "${target[@]}" "${flags[@]}" -fsyntax-only "$source" 2>"$out/log"; then
        cppcheck "${cppcheck_flags[@]}" "${flags[@]:2}" "$source" || status=1
        database=$out/own_$(tr / _ <<<"$source")
        mkdir -p "$database"
        printf '%s\n' "${target[@]}" "${flags[@]}" >"$database/compile_flags.txt"
        sed -i "s|^-I\.|-I$PWD/.|" "$database/compile_flags.txt"
        add "$database" "$(realpath "$source")"
    elif reason=$(grep -m1 -oE "'[^']*' file not found|error: \"[^\"]*\"" "$out/log"); then
        echo "left out: $source: $reason"
    else
        cat "$out/log" >&2
        status=1
    fi
done < <(find . -name '*.cpp' | sort)

# shellcheck disable=SC2016 # the inner shell expands them
xargs -P "$(nproc)" -n 2 sh -c 'clang-tidy -p "$0" --quiet "$1" 2>/dev/null' <"$out/sources" || status=1

[ "$status" -ne 0 ] || echo "$built sources as they are built, $(($(wc -l <"$out/sources") - built)) on their own: no findings"
exit "$status"
