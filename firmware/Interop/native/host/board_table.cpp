#include "board_table.h"

#include <utility>

namespace iotattest::host
{
std::intptr_t BoardTable::add(std::shared_ptr<DurableBoard> board)
{
    const std::lock_guard<std::mutex> lock(gate_);
    boards_.emplace(last_ + 1, std::move(board));
    return ++last_;
}

std::shared_ptr<DurableBoard> BoardTable::find(std::intptr_t number)
{
    const std::lock_guard<std::mutex> lock(gate_);
    const auto found = boards_.find(number);
    return found == boards_.end() ? nullptr : found->second;
}

// The board ends here, after the lock.
bool BoardTable::remove(std::intptr_t number)
{
    return !take(number).empty();
}

BoardTable::Boards::node_type BoardTable::take(std::intptr_t number)
{
    const std::lock_guard<std::mutex> lock(gate_);
    return boards_.extract(number);
}
}
