#!/usr/bin/env bash
# cppcheck and clang-tidy over all C++ of this folder; any finding is a failure. Needs cppcheck, clang-tidy, clang++, cmake, libmbedtls-dev.
# What a CMake project here builds is checked as it is built. Any other source is checked if it compiles on a PC; one that includes a
# header of a chip's own kit is named and left out.
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
    --suppress=useStlAlgorithm) # no algorithms in the core: their templates cost flash

# Lines "database source", each source once.
: >"$out/sources"
while IFS= read -r list; do
    grep -q '^project(' "$list" || continue # a component of somebody else's build
    folder=$(dirname "$list")
    database=$out/${folder//\//_}
    if ! cmake -S "$folder" -B "$database" -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >"$out/log" 2>&1; then
        cat "$out/log" >&2
        exit 1
    fi
    cppcheck "${cppcheck_flags[@]}" --project="$database/compile_commands.json" || status=1
    sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$database/compile_commands.json" | while IFS= read -r source; do
        source=$(realpath "$source")
        grep -qF " $source" "$out/sources" || printf '%s %s\n' "$database" "$source" >>"$out/sources"
    done
done < <(find . -name CMakeLists.txt | sort)

# Sources that no project names.
: >"$out/others"
others=0
while IFS= read -r source; do
    grep -qF " $(realpath "$source")" "$out/sources" && continue
    printf '%s\n' "$source" >>"$out/others"
done < <(find . -name '*.cpp' | sort)

flags_of() {
    printf '%s\n' -std=c++17 -I"$(dirname "$1")"
    find . -mindepth 1 -maxdepth 1 -type d ! -name host ! -name fuzz -printf '-I%p\n' | sort
    case $1 in *provision*) echo -DIOTATTEST_PROVISIONING ;; esac
}

while IFS= read -r source; do
    mapfile -t flags < <(flags_of "$source")
    if clang++ "${flags[@]}" -fsyntax-only "$source" 2>"$out/log"; then
        others=$((others + 1))
        cppcheck "${cppcheck_flags[@]}" "${flags[@]:1}" "$source" || status=1
        clang-tidy --quiet "$source" -- "${flags[@]}" 2>"$out/log" || { cat "$out/log" >&2; status=1; }
    elif grep -q 'file not found' "$out/log"; then
        echo "left out: $source: $(grep -m1 -o "'[^']*' file not found" "$out/log")"
    else
        cat "$out/log" >&2
        status=1
    fi
done <"$out/others"

# shellcheck disable=SC2016 # the inner shell expands them
xargs -P "$(nproc)" -n 2 sh -c 'clang-tidy -p "$0" --quiet "$1" 2>/dev/null' <"$out/sources" || status=1

[ "$status" -ne 0 ] || echo "$(wc -l <"$out/sources") sources as they are built, $others others: no findings"
exit "$status"
