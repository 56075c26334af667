#include "factory_commands.h"

namespace fake
{
std::string factory_answer(const Words&)
{
    return "refused";
}
}
