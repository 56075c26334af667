// What managed code reaches. Arguments are as hostile as their caller: a wrong one gets a number, never an exception, and no handler
// allocates managed memory, so that an array stays where it is while it is used.
#include "IotAttest_Interop.h"
#include "clr_module.h"
#include "port.h"

namespace
{
using iotattest::Error;

constexpr int to_number(Error error)
{
    return static_cast<int>(error);
}

// The bytes of the first argument when it is an array of at least `least` and at most `most`, else null.
std::uint8_t* bytes_of(CLR_RT_StackFrame& stack, std::size_t least, std::size_t most, std::size_t* count)
{
    CLR_RT_HeapBlock_Array* array = stack.Arg0().DereferenceArray();
    if (array == nullptr || array->m_typeOfElement != DATATYPE_U1 || array->m_numOfElements < least || array->m_numOfElements > most)
    {
        return nullptr;
    }

    *count = array->m_numOfElements;
    return array->GetFirstElement();
}

std::uint8_t* bytes_of(CLR_RT_StackFrame& stack, std::size_t exactly)
{
    std::size_t count = 0;
    return bytes_of(stack, exactly, exactly, &count);
}

bool read_identity(iotattest::Identity* identity)
{
    const iotattest::Ops& ops = iotattest::iotattest_port_ops();
    return ops.identity(ops.context, identity);
}

Error read_ueid(std::uint8_t* ueid)
{
    iotattest::Identity identity = {};
    if (ueid == nullptr)
    {
        return Error::BadArgument;
    }

    if (!read_identity(&identity))
    {
        return Error::NotProvisioned;
    }

    for (std::size_t i = 0; i < iotattest::UeidBytes; i++)
    {
        ueid[i] = identity.ueid[i];
    }

    return Error::Ok;
}

// Null drops a measurement that was under way, as every begin does.
Error begin(const std::uint8_t* challenge)
{
    iotattest::Identity identity = {};
    const bool is_provisioned = read_identity(&identity);
    const Error error = iotattest::attester().begin(is_provisioned ? challenge : nullptr);
    return is_provisioned ? error : Error::NotProvisioned;
}

int finish(std::uint8_t* evidence, std::size_t capacity)
{
    std::size_t length = 0;
    const Error error = iotattest::attester().finish(evidence, capacity, &length);
    return error == Error::Ok ? static_cast<int>(length) : -to_number(error);
}
}

using Handlers = Library_IotAttest_Interop_IotAttest_Interop_NativeAttester;

HRESULT Handlers::ReadUeid___STATIC__I4__SZARRAY_U1(CLR_RT_StackFrame& stack)
{
    NANOCLR_HEADER();
    stack.SetResult_I4(to_number(read_ueid(bytes_of(stack, iotattest::UeidBytes))));
    NANOCLR_NOCLEANUP_NOLABEL();
}

HRESULT Handlers::Begin___STATIC__I4__SZARRAY_U1(CLR_RT_StackFrame& stack)
{
    NANOCLR_HEADER();
    stack.SetResult_I4(to_number(begin(bytes_of(stack, iotattest::NonceBytes))));
    NANOCLR_NOCLEANUP_NOLABEL();
}

HRESULT Handlers::Step___STATIC__I4(CLR_RT_StackFrame& stack)
{
    NANOCLR_HEADER();
    stack.SetResult_I4(to_number(iotattest::attester().step()));
    NANOCLR_NOCLEANUP_NOLABEL();
}

HRESULT Handlers::Finish___STATIC__I4__SZARRAY_U1(CLR_RT_StackFrame& stack)
{
    NANOCLR_HEADER();
    std::size_t capacity = 0;
    std::uint8_t* evidence = bytes_of(stack, 0, UINT32_MAX, &capacity);
    stack.SetResult_I4(finish(evidence, capacity)); // a short array is the attester's to refuse: the measurement ends then too
    NANOCLR_NOCLEANUP_NOLABEL();
}
