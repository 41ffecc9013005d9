#include "async/kernel_timer.hpp"

#include <boost/system/system_error.hpp>

#include <cerrno>

#include <sys/timerfd.h>

namespace ulak::async {

int open_kernel_timer(clockid_t clock)
{
    const int fd = ::timerfd_create(clock, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd < 0)
        throw boost::system::system_error(errno, boost::system::system_category(), "timerfd_create");
    return fd;
}

} // namespace ulak::async
