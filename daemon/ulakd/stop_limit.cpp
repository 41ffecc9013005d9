#include "ulakd/stop_limit.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

namespace ulak::daemon {

namespace {

// In a signal handler nothing else is safe.
void end_process(int)
{
    constexpr std::string_view text = "ulakd: the stop took too long and was cut short\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    ::_exit(1);
}

} // namespace

void end_process_after(std::chrono::seconds limit)
{
    const auto wanted = static_cast<unsigned>(limit.count());
    const unsigned before = ::alarm(0);
    ::signal(SIGALRM, end_process);
    ::alarm(before == 0 ? wanted : std::min(before, wanted));
}

} // namespace ulak::daemon
