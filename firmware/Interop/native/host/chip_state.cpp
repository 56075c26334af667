#include "chip_state.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace iotattest::host
{
static_assert(sizeof(ChipState) == IdentityRecordBytes + ChipState::KeyBytes + 1, "bytes only, so that the file is the state");

bool read_chip(const std::string& path, ChipState* state, bool* exists)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    *exists = file >= 0;
    if (!*exists)
    {
        return errno == ENOENT;
    }

    struct stat status = {};
    const bool is_read = fstat(file, &status) == 0 && status.st_size == static_cast<off_t>(sizeof *state)
        && ::read(file, state, sizeof *state) == static_cast<ssize_t>(sizeof *state);
    close(file);
    return is_read;
}

bool write_chip(const std::string& path, const ChipState& state)
{
    const std::string fresh = path + ".new";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
    {
        return false;
    }

    const bool is_written = ::write(file, &state, sizeof state) == static_cast<ssize_t>(sizeof state) && fsync(file) == 0;
    const bool is_closed = close(file) == 0;
    return is_written && is_closed && std::rename(fresh.c_str(), path.c_str()) == 0;
}
}
