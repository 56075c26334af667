#include "flash_file.h"

#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace iotattest::host
{
FlashFile::~FlashFile()
{
    if (bytes_ != nullptr)
    {
        munmap(bytes_, size_);
    }
}

bool FlashFile::open(const std::string& path, Mapping mapping)
{
    const bool is_shared = mapping == Mapping::Shared;
    const int file = bytes_ == nullptr ? ::open(path.c_str(), (is_shared ? O_RDWR : O_RDONLY) | O_CLOEXEC) : -1;
    if (file < 0)
    {
        return false;
    }

    struct stat status = {};
    if (fstat(file, &status) == 0 && status.st_size > 0)
    {
        const std::size_t size = static_cast<std::size_t>(status.st_size);
        void* mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, is_shared ? MAP_SHARED : MAP_PRIVATE, file, 0);
        bytes_ = mapped == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(mapped);
        size_ = bytes_ == nullptr ? 0 : size;
    }

    close(file);
    return bytes_ != nullptr;
}

bool FlashFile::read(std::uint64_t offset, std::uint8_t* bytes, std::size_t count) const
{
    if (!holds(offset, count))
    {
        return false;
    }

    std::memcpy(bytes, bytes_ + offset, count);
    return true;
}

bool FlashFile::write(std::uint64_t offset, const std::uint8_t* bytes, std::size_t count)
{
    if (count == 0 || !holds(offset, count))
    {
        return false;
    }

    std::memcpy(bytes_ + offset, bytes, count);
    return true;
}
}
