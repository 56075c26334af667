#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

#include "durable_board.h"

namespace iotattest::host
{
// The boards that are open, by a number that is never given twice: a handle from anywhere is looked up, not followed.
class BoardTable
{
public:
    std::intptr_t add(std::shared_ptr<DurableBoard> board);

    // Null when the number names no open board. Who has the board keeps it alive, even past `remove`.
    std::shared_ptr<DurableBoard> find(std::intptr_t number);

    bool remove(std::intptr_t number);

private:
    using Boards = std::map<std::intptr_t, std::shared_ptr<DurableBoard>>;

    Boards::node_type take(std::intptr_t number);

    std::mutex gate_;
    Boards boards_;
    std::intptr_t last_ = 0;
};
}
