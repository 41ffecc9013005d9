// Named places at which a test makes the process die. They exist only in builds with the CMake option ULAK_FAILPOINTS.
#pragma once

#ifdef ULAK_FAILPOINTS

#include <atomic>
#include <charconv>
#include <cstdlib>
#include <string_view>

#include <signal.h>
#include <unistd.h>

namespace ulak {

/// Dies by SIGKILL when the place that $ULAK_FAILPOINT names ("place" or "place:n") is passed for the n-th time (the
/// first if no n is given).
inline void failpoint(std::string_view place) noexcept
{
    static const char* const asked = std::getenv("ULAK_FAILPOINT");
    if (asked == nullptr || !std::string_view(asked).starts_with(place))
        return;
    const auto rest = std::string_view(asked).substr(place.size());
    if (!rest.empty() && rest.front() != ':')
        return;
    static std::atomic<int> passed{0};
    int hit = 1;
    if (!rest.empty())
        std::from_chars(rest.data() + 1, rest.data() + rest.size(), hit);
    if (++passed == hit)
        ::kill(::getpid(), SIGKILL);
}

} // namespace ulak

#define ULAK_FAILPOINT(place) ::ulak::failpoint(place)

#else

#define ULAK_FAILPOINT(place) static_cast<void>(0)

#endif
