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
    std::int64_t add(std::shared_ptr<DurableBoard> board);

    // Null when the number names no open board. Who has the board keeps it alive, even past `remove`.
    std::shared_ptr<DurableBoard> find(std::int64_t number);

    bool remove(std::int64_t number);

private:
    std::mutex gate_;
    std::map<std::int64_t, std::shared_ptr<DurableBoard>> boards_;
    std::int64_t last_ = 0;
};
}
