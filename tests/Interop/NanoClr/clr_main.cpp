// An interpreter on standard input and output, as far as the module sees one: one command a line, one answer a line.
//   boot                      what CLR start-up calls
//   call INDEX null           the method at INDEX of the native table; answers "RESULT" and, with an array, its bytes after the call
//   call INDEX bytes HEX | call INDEX zeros COUNT | call INDEX ints COUNT
//   assembly OFFSET LENGTH    a loaded assembly whose header lies in flash; ram LENGTH: beside it; gap: an empty slot of the list
//   write ADDRESS COUNT       the block storage layer, before it writes
//   tick MS, provisioned 0|1, flash, data
#include <cstdio>
#include <deque>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "IotAttest_Interop.h"
#include "hooks.h"
#include "nanoHAL.h"
#include "test_port.h"

CLR_RT_TypeSystem g_CLR_RT_TypeSystem = {};
std::uint32_t fake_tick = 0;

namespace
{
using Bytes = std::vector<std::uint8_t>;

std::size_t slot = 0;
std::deque<CLR_RT_Assembly> assemblies;
std::deque<CLR_RECORD_ASSEMBLY> in_ram;

std::string to_hex(const std::uint8_t* bytes, std::size_t count)
{
    static const char* const digits = "0123456789ABCDEF";
    std::string text;
    for (std::size_t i = 0; i < count; i++)
    {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }

    return text;
}

Bytes from_hex(const std::string& text)
{
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    {
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), nullptr, 16)));
    }

    return bytes;
}

void load(CLR_RECORD_ASSEMBLY* header, std::uint32_t length)
{
    header->startOfTables[TBL_EndOfAssembly] = length;
    assemblies.push_back({header});
    g_CLR_RT_TypeSystem.m_assemblies[slot++] = &assemblies.back();
}

std::string call(std::istringstream& words)
{
    std::size_t index = 0;
    std::string form;
    std::string value;
    words >> index >> form >> value;
    const auto* table = static_cast<const CLR_RT_MethodHandler*>(g_CLR_AssemblyNative_IotAttest_Interop.m_pNativeMethods);
    const bool are_ints = form == "ints";
    Bytes bytes = form == "bytes" ? from_hex(value) : form == "null" ? Bytes() : Bytes(std::stoul(value) * (are_ints ? 4 : 1));
    bytes.reserve(1); // so that an empty array has an address too
    const auto elements = static_cast<std::uint32_t>(bytes.size() / (are_ints ? 4 : 1));
    CLR_RT_HeapBlock_Array array = {static_cast<std::uint8_t>(are_ints ? DATATYPE_I4 : DATATYPE_U1), elements, bytes.data()};
    CLR_RT_StackFrame stack = {{form == "null" ? nullptr : &array}, INT32_MIN};
    const HRESULT hr = table[index](stack);
    return hr == S_OK ? std::to_string(stack.result) + " " + to_hex(bytes.data(), bytes.size()) : "hr " + std::to_string(hr);
}

std::string data()
{
    const CLR_RT_NativeAssemblyData& native = g_CLR_AssemblyNative_IotAttest_Interop;
    return std::string(native.m_szAssemblyName) + " " + std::to_string(native.m_checkSum) + " " + std::to_string(native.m_Version.iMajorVersion);
}

std::string answer(const std::string& line)
{
    std::istringstream words(line);
    std::string word;
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    words >> word;
    if (word == "call")
    {
        return call(words);
    }

    words >> first >> second;
    if (word == "boot")
    {
        iotattest_boot();
    }
    else if (word == "assembly")
    {
        load(reinterpret_cast<CLR_RECORD_ASSEMBLY*>(test::flash.data() + first), second);
    }
    else if (word == "ram")
    {
        in_ram.emplace_back();
        load(&in_ram.back(), first);
    }
    else if (word == "gap")
    {
        slot++;
    }
    else if (word == "write")
    {
        iotattest_before_write(first, second);
    }
    else if (word == "tick")
    {
        fake_tick = first;
    }
    else if (word == "provisioned")
    {
        test::is_provisioned = first != 0;
    }
    else
    {
        return word == "flash" ? to_hex(test::flash.data(), test::flash.size()) : word == "data" ? data() : "refused";
    }

    return "ok";
}
}

int main()
{
    for (std::size_t i = 0; i < test::flash.size(); i++)
    {
        test::flash[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    }

    for (std::string line; std::getline(std::cin, line);)
    {
        std::cout << answer(line) << std::endl;
    }

    return 0;
}
