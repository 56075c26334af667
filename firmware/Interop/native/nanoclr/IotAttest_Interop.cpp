#include "IotAttest_Interop.h"

#include "closed_build.h"

// clang-format off: the interpreter's CMake reads name, checksum and version with a regular expression.
static const CLR_RT_MethodHandler method_lookup[] =
{
    Library_IotAttest_Interop_IotAttest_Interop_NativeAttester::ReadUeid___STATIC__I4__SZARRAY_U1,
    Library_IotAttest_Interop_IotAttest_Interop_NativeAttester::Begin___STATIC__I4__SZARRAY_U1,
    Library_IotAttest_Interop_IotAttest_Interop_NativeAttester::Step___STATIC__I4,
    Library_IotAttest_Interop_IotAttest_Interop_NativeAttester::Finish___STATIC__I4__SZARRAY_U1,
};

const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_IotAttest_Interop =
{
    "IotAttest.Interop",
    0x6029405E,
    method_lookup,
    { 1, 0, 0, 0 }
};
