#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "attester.h"
#include "board.h"

namespace iotattest::host
{
// A board with its attester, whose boot count outlives the process and whose uptime is real. Whoever uses it holds `gate`.
class DurableBoard : public Board
{
public:
    explicit DurableBoard(const char* boot_count_path);
    DurableBoard(const DurableBoard&) = delete;
    DurableBoard& operator=(const DurableBoard&) = delete;

    Error boot();
    Attester& attester() { return attester_; }

    std::mutex gate;

private:
    using Clock = std::chrono::steady_clock;

    static DurableBoard& of(void* context);
    static Ops ops_of(DurableBoard* self);

    std::string boot_count_path_;
    Clock::time_point booted_at_;
    Ops ops_;
    Attester attester_;
};
}
