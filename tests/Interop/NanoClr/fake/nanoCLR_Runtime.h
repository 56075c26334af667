// Stand-in for the interpreter's header: only names and shapes that the module uses, as nf-interpreter 1.x declares them.
#pragma once

#include <cstddef>
#include <nanoCLR_Interop.h>

enum CLR_DataType
{
    DATATYPE_U1 = 4,
    DATATYPE_I4 = 8,
};

enum CLR_TABLESENUM
{
    TBL_EndOfAssembly = 15,
    TBL_Max = 16,
};

struct CLR_RECORD_ASSEMBLY
{
    std::uint8_t head[0x28];
    std::uint32_t startOfTables[TBL_Max];

    std::uint32_t TotalSize() const { return startOfTables[TBL_EndOfAssembly]; }
};

struct CLR_RT_Assembly
{
    const CLR_RECORD_ASSEMBLY* m_header;
};

struct CLR_RT_TypeSystem
{
    static const int c_MaxAssemblies = 64;

    CLR_RT_Assembly* m_assemblies[c_MaxAssemblies];
    std::size_t m_assembliesMax;
};

extern CLR_RT_TypeSystem g_CLR_RT_TypeSystem;

struct CLR_RT_HeapBlock_Array
{
    std::uint8_t m_typeOfElement;
    std::uint32_t m_numOfElements;
    std::uint8_t* elements; // follow the block in the interpreter

    std::uint8_t* GetFirstElement() { return elements; }
};

struct CLR_RT_HeapBlock
{
    CLR_RT_HeapBlock_Array* array;

    CLR_RT_HeapBlock_Array* DereferenceArray() const { return array; }
};

struct CLR_RT_StackFrame
{
    CLR_RT_HeapBlock argument;
    std::int32_t result;

    CLR_RT_HeapBlock& Arg0() { return argument; }
    void SetResult_I4(std::int32_t value) { result = value; }
};
