#include "events/detail/sigpipe_guard.hpp"

#include <cerrno>
#include <ctime>

#include <pthread.h>

namespace ulak::events {

sigpipe_guard::sigpipe_guard()
{
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
}

sigpipe_guard::~sigpipe_guard()
{
    if (raised_ && !was_pending_) {
        const timespec at_once = {};
        while (sigtimedwait(&sigpipe_, nullptr, &at_once) < 0 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

} // namespace ulak::events
