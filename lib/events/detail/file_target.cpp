#include "events/detail/file_target.hpp"

#include <fcntl.h>

namespace ulak::events {
namespace {

int open_file(const std::string& path)
{
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0640);
}

} // namespace

void file_target::reopen()
{
    if (const int fd = open_file(path_); fd >= 0)
        replace_fd(fd);
}

std::unique_ptr<log_target> make_file_target(std::string path)
{
    const int fd = open_file(path);
    if (fd < 0)
        return nullptr;
    return std::make_unique<file_target>(fd, std::move(path));
}

} // namespace ulak::events
