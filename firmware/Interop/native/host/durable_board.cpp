#include "durable_board.h"

#include "boot_count_file.h"

namespace iotattest::host
{
DurableBoard::DurableBoard(const char* boot_count_path)
    : boot_count_path_(boot_count_path), booted_at_(Clock::now()), ops_(ops_of(this)), attester_(ops_)
{
}

Error DurableBoard::boot()
{
    booted_at_ = Clock::now();
    return attester_.boot();
}

// `context` is a Board, as the functions of board.cpp take it.
DurableBoard& DurableBoard::of(void* context)
{
    return *static_cast<DurableBoard*>(static_cast<Board*>(context));
}

Ops DurableBoard::ops_of(DurableBoard* self)
{
    Ops ops = host::ops_of(self);
    ops.next_boot = [](void* context, std::uint64_t* count) { return count_boot(of(context).boot_count_path_, count); };
    ops.uptime = [](void* context, std::uint64_t* seconds) {
        *seconds = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - of(context).booted_at_).count());
        return true;
    };
    return ops;
}
}
