#include "boot_count_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "hex.h"

namespace iotattest::host
{
namespace
{
constexpr std::uint64_t MaxCount = INT64_MAX;
constexpr std::size_t MaxDigits = 19;

class File
{
public:
    File(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (is_open())
        {
            close(number_);
        }
    }

    bool is_open() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_;
};

// The count of the last boot; 0 when there is no file yet.
bool read_count(const std::string& path, std::uint64_t* count)
{
    *count = 0;
    const File file(path, O_RDONLY);
    if (!file.is_open())
    {
        return errno == ENOENT;
    }

    char text[MaxDigits + 1];
    const ssize_t length = read(file.number(), text, sizeof text);
    const std::string digits(text, length > 0 ? static_cast<std::size_t>(length) : 0);
    const bool is_decimal = !digits.empty() && digits.size() <= MaxDigits && digits.find_first_not_of("0123456789") == std::string::npos;
    return is_decimal && to_number(digits, MaxCount, count);
}

bool write_durably(const std::string& path, const std::string& text)
{
    const File file(path, O_WRONLY | O_CREAT | O_TRUNC);
    return file.is_open() && write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file.number()) == 0;
}

// The new name is durable when its folder is.
bool sync_folder_of(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    const File folder(slash == std::string::npos ? "." : path.substr(0, slash + 1), O_RDONLY | O_DIRECTORY);
    return folder.is_open() && fsync(folder.number()) == 0;
}
}

bool count_boot(const std::string& path, std::uint64_t* count)
{
    std::uint64_t last = 0;
    if (!read_count(path, &last) || last >= MaxCount)
    {
        return false;
    }

    const std::string temporary = path + ".new";
    if (!write_durably(temporary, std::to_string(last + 1)) || std::rename(temporary.c_str(), path.c_str()) != 0 || !sync_folder_of(path))
    {
        return false;
    }

    *count = last + 1;
    return true;
}
}
