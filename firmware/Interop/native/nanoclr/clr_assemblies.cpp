#include <nanoCLR_Runtime.h>

#include "port.h"

namespace iotattest
{
// Slots of the list may be empty in between; they do not count.
bool clr_loaded_assembly(void*, std::size_t index, Assembly* assembly, bool* has)
{
    *has = false;
    std::size_t loaded = 0;
    for (const CLR_RT_Assembly* slot : g_CLR_RT_TypeSystem.m_assemblies)
    {
        if (slot != nullptr && loaded++ == index)
        {
            // What executes lies behind the header: m_header is where the interpreter takes its tables and byte code from.
            *assembly = {reinterpret_cast<std::uintptr_t>(slot->m_header), slot->m_header->TotalSize()};
            *has = true;
            return true;
        }
    }

    return true;
}
}
