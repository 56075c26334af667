// The native half of the managed assembly IotAttest.Interop, named as the interpreter's tools would name it. The checksum tool keeps
// the .cpp in step with firmware/Interop/NativeAttester.cs.
#pragma once

#include <nanoCLR_Interop.h>
#include <nanoCLR_Runtime.h>
#include <nanoPackStruct.h>

struct Library_IotAttest_Interop_IotAttest_Interop_NativeAttester
{
    NANOCLR_NATIVE_DECLARE(ReadUeid___STATIC__I4__SZARRAY_U1);
    NANOCLR_NATIVE_DECLARE(Begin___STATIC__I4__SZARRAY_U1);
    NANOCLR_NATIVE_DECLARE(Step___STATIC__I4);
    NANOCLR_NATIVE_DECLARE(Finish___STATIC__I4__SZARRAY_U1);
};

extern const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_IotAttest_Interop;
