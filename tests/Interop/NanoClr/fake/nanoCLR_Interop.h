// Stand-in for the interpreter's header: only names and shapes that the module uses, as nf-interpreter 1.x declares them.
#pragma once

#include <cstdint>

using HRESULT = std::int32_t;
constexpr HRESULT S_OK = 0;

struct CLR_RT_StackFrame;

struct CLR_RECORD_VERSION
{
    std::uint16_t iMajorVersion;
    std::uint16_t iMinorVersion;
    std::uint16_t iBuildNumber;
    std::uint16_t iRevisionNumber;
};

#define NANOCLR_HEADER() HRESULT hr
#define NANOCLR_NOCLEANUP_NOLABEL() \
    hr = S_OK;                      \
    return hr
#define NANOCLR_NATIVE_DECLARE(mtd) static HRESULT mtd(CLR_RT_StackFrame& stack)

typedef HRESULT (*CLR_RT_MethodHandler)(CLR_RT_StackFrame& stack);

struct CLR_RT_NativeAssemblyData
{
    const char* m_szAssemblyName;
    unsigned int m_checkSum;
    const void* m_pNativeMethods;
    CLR_RECORD_VERSION m_Version;
};
