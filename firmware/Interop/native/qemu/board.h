#pragma once

#include "ops.h"
#include "sha256.h"

namespace iotattest::qemu
{
// What the ops of the emulated board keep.
struct Board
{
    Sha256 hash;
};

// The table over `board`, which must outlive it.
Ops ops_of(Board* board);
}
