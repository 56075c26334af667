#ifdef IOTATTEST_PROVISIONING
#include "provisioning_line.h"

#include "wipe.h"

namespace iotattest
{
ProvisioningLine::~ProvisioningLine()
{
    wipe(line_, sizeof line_);
}

std::size_t ProvisioningLine::take(std::uint8_t byte, char answer[ProvisioningAnswerBytes])
{
    const bool is_end = byte == '\n' || byte == '\r';
    if (!is_end && count_ < MaxLineBytes)
    {
        line_[count_] = static_cast<char>(byte);
        count_++;
        return 0;
    }

    if (!is_end)
    {
        is_too_long_ = true;
        return 0;
    }

    if (count_ == 0)
    {
        return 0;
    }

    // An empty line is no request, so that it stands for one that was too long.
    const std::size_t length = provisioner_.answer(line_, is_too_long_ ? 0 : count_, answer);
    wipe(line_, sizeof line_);
    count_ = 0;
    is_too_long_ = false;
    return length;
}
}
#endif
