#pragma once

#include "provisioning.h"

namespace iotattest
{
// Puts lines together from a serial port, byte by byte, and has each answered. A line feed or a carriage return ends a line; a line without
// a byte gets no answer. A line that is too long is skipped to its end and answered with BadRequest. Keys stay in here until their line ends.
class ProvisioningLine
{
public:
    // What a good line has, without its end.
    static constexpr std::size_t MaxLineBytes = 10 + 2 * ProvisioningRequestBytes;

    explicit ProvisioningLine(Provisioner& provisioner) : provisioner_(provisioner) {}
    ~ProvisioningLine();
    ProvisioningLine(const ProvisioningLine&) = delete;
    ProvisioningLine& operator=(const ProvisioningLine&) = delete;

    // Takes one byte. Returns the length of the answer that is now to be sent, line feed included; 0 while there is none.
    std::size_t take(std::uint8_t byte, char answer[ProvisioningAnswerBytes]);

private:
    Provisioner& provisioner_;
    char line_[MaxLineBytes] = {};
    std::size_t count_ = 0;
    bool is_too_long_ = false;
};
}
