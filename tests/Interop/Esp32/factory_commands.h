#pragma once

#include <string>
#include <vector>

namespace fake
{
using Words = std::vector<std::string>;

// The answer to a command that only a provisioning firmware has; "refused" otherwise.
std::string factory_answer(const Words& words);
}
