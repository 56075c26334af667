// What the firmware build says it is, for the claims swname and swversion; null leaves a claim out.
#pragma once

namespace iotattest
{
#ifdef IOTATTEST_SOFTWARE_NAME
constexpr const char* SoftwareName = IOTATTEST_SOFTWARE_NAME;
#else
constexpr const char* SoftwareName = nullptr;
#endif
#ifdef IOTATTEST_SOFTWARE_VERSION
constexpr const char* SoftwareVersion = IOTATTEST_SOFTWARE_VERSION;
#else
constexpr const char* SoftwareVersion = nullptr;
#endif
}
