#pragma once

#include "identity_record.h"
#include "sha256.h"

namespace iotattest::qemu
{
// What the ops of the emulated board keep.
struct Board
{
    Sha256 hash;
    StoredIdentity identity;
    bool is_provisioned; // by start_board
};

// The table over `board`, which must outlive it.
Ops ops_of(Board* board);

// Reads the identity, once, before anything else uses `ops`.
void start_board(Board* board, const Ops& ops);
}
