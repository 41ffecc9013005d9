#include "core/standard_descriptors.hpp"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

namespace ulak {

void open_standard_descriptors() noexcept
{
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
            continue;
        // The lowest free number is this one, because those below it are open by now.
        if (::open("/dev/null", O_RDWR | O_NOCTTY) != fd)
            std::_Exit(EXIT_FAILURE);
    }
}

} // namespace ulak
