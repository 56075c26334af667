// The CBOR writer with any calls and any room: never a byte outside, and what ran over stays so.
#include "cbor_writer.h"
#include "input.h"

namespace
{
using namespace iotattest;
using namespace iotattest::fuzz;

void write_one(Input* input, CborWriter* writer)
{
    std::uint8_t bytes[16];
    switch (input->byte() % 8)
    {
        case 0: writer->unsigned_integer(input->number()); break;
        case 1: writer->integer(static_cast<std::int64_t>(input->number())); break;
        case 2:
            input->fill(bytes, sizeof bytes);
            writer->bytes(bytes, input->byte() % (sizeof bytes + 1));
            break;
        case 3: writer->text("twelve bytes"); break;
        case 4: writer->map_head(static_cast<std::size_t>(input->number())); break;
        case 5: writer->tag(static_cast<std::uint32_t>(input->number())); break;
        case 6: writer->boolean(input->byte() % 2 == 1); break;
        default: writer->raw(bytes, 0); break;
    }
}
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t count)
{
    Input input(data, count);
    const std::size_t capacity = input.byte();
    Guarded buffer(capacity);
    CborWriter writer(buffer.data(), capacity);
    while (input.left() > 0)
    {
        const bool was_overflown = writer.overflown();
        const std::size_t length = writer.length();
        write_one(&input, &writer);
        require(buffer.is_untouched_outside(), "the writer stays inside its buffer");
        require(writer.length() >= length && writer.length() <= capacity, "the length grows and fits");
        require(!was_overflown || (writer.overflown() && writer.length() == length), "what ran over stays so");
    }

    return 0;
}
