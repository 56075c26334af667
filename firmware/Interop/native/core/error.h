// What a call of the module answers. Numbers are stable: managed code and logs know them. New ones go to the end.
#pragma once

#include <cstdint>

namespace iotattest
{
enum class Error : std::uint8_t
{
    Ok = 0,
    More = 1,                  // not a failure: call step again
    NotBooted = 2,             // the boot measurement has not run, or failed
    NotMeasuring = 3,          // step without begin
    NotMeasured = 4,           // finish before step said Ok
    BadArgument = 5,           // a null pointer
    BufferTooSmall = 6,        // less than MaxEvidenceBytes
    BadRegion = 7,             // a region list the port must not have: empty, twice a name, no deployment, bad length
    ReadFailed = 8,            // flash could not be read
    HashFailed = 9,            // the SHA-256 stream failed
    RandomFailed = 10,         // no random bytes for the boot seed
    BootCounterFailed = 11,    // the boot counter was not made durable
    BadClaims = 12,            // identity, boot facts or uptime could not be read or lie outside the profile
    WrittenSinceBoot = 13,     // something wrote to a measured region since the boot measurement
    DeploymentChanged = 14,    // the deployment is not what it was before assemblies were loaded
    AssemblyOutside = 15,      // a loaded assembly does not lie in measured flash
    AuthenticationFailed = 16, // the key did not answer
    TooLarge = 17,             // evidence would not fit
    NotProvisioned = 18,       // the board has no identity or no key yet
};
}
