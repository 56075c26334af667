// Part of the provisioning firmware's program: "provision HEX" answers as the line does; "console" hands standard input over.
#include "factory_commands.h"

#include "fake_chip.h"
#include "port.h"
#include "provisioning_console.h"
#include "provisioning_line.h"
#include "provisioning_port.h"

namespace fake
{
namespace
{
std::string provision(const std::string& line)
{
    iotattest::Provisioner provisioner(iotattest::iotattest_port_ops(), iotattest::esp32::provisioning_ops());
    char answer[iotattest::ProvisioningAnswerBytes];
    const std::size_t count = provisioner.answer(line.data(), line.size(), answer);
    return std::string(answer, count - 1); // without its line feed
}
}

std::string factory_answer(const Words& words)
{
    if (words[0] == "provision" && words.size() == 2)
    {
        return provision(words[0] + ' ' + words[1]);
    }

    if (words[0] == "console")
    {
        chip().ends_on_delay = true;
        iotattest_provisioning_console();
    }

    return "refused";
}
}
