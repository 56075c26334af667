#include "board_table.h"

#include <utility>

namespace iotattest::host
{
std::int64_t BoardTable::add(std::shared_ptr<DurableBoard> board)
{
    const std::lock_guard<std::mutex> lock(gate_);
    boards_.emplace(last_ + 1, std::move(board));
    return ++last_;
}

std::shared_ptr<DurableBoard> BoardTable::find(std::int64_t number)
{
    const std::lock_guard<std::mutex> lock(gate_);
    const auto found = boards_.find(number);
    return found == boards_.end() ? nullptr : found->second;
}

bool BoardTable::remove(std::int64_t number)
{
    std::shared_ptr<DurableBoard> removed; // ends after the lock, and not under it
    const std::lock_guard<std::mutex> lock(gate_);
    const auto found = boards_.find(number);
    if (found == boards_.end())
    {
        return false;
    }

    removed = std::move(found->second);
    boards_.erase(found);
    return true;
}
}
