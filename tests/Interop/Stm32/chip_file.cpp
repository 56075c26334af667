#include "chip_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace iotattest::stm32::fake
{
namespace
{
constexpr int PowerLost = 42;
}

bool open_chip(const char* path)
{
    const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const bool is_new = file >= 0 && lseek(file, 0, SEEK_END) == 0;
    if (file < 0 || ftruncate(file, sizeof(Memory)) != 0)
    {
        return false;
    }

    void* const mapped = mmap(nullptr, sizeof(Memory), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (mapped == MAP_FAILED)
    {
        return false;
    }

    chip.memory = static_cast<Memory*>(mapped);
    if (is_new)
    {
        make_new(chip.memory);
    }

    chip.has_cache = true;
    chip.power_off = [] { _exit(PowerLost); };
    chip.power_on();
    return true;
}
}
