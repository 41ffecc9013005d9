#include "ulakd/service_manager.hpp"

#include "core/text.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace ulak::daemon {

namespace {

/// The first descriptor that the service manager passes (sd_listen_fds).
constexpr int first_passed = 3;
/// More than any unit of ours asks for; a nonsense count must not make us walk the whole table.
constexpr long most_passed = 64;

std::optional<std::string> take_variable(const char* name)
{
    const char* value = std::getenv(name);
    if (!value)
        return std::nullopt;
    std::string text(value);
    ::unsetenv(name);
    return text;
}

std::optional<long> number(const std::optional<std::string>& text)
{
    long value = 0;
    if (!text)
        return std::nullopt;
    const auto end = text->data() + text->size();
    if (auto [stop, problem] = std::from_chars(text->data(), end, value); problem != std::errc() || stop != end)
        return std::nullopt;
    return value;
}

bool is_for_this_process(const std::optional<std::string>& pid)
{
    const auto value = number(pid);
    return !pid || (value && *value == ::getpid());
}

/// RELOADING=1 wants the moment on the monotonic clock from systemd 253 on; 252 ignores it.
std::string monotonic_line()
{
    struct timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return "MONOTONIC_USEC=" + std::to_string(now.tv_sec * 1'000'000L + now.tv_nsec / 1000);
}

} // namespace

service_manager::service_manager()
{
    if (auto path = take_variable("NOTIFY_SOCKET"); path && path->size() < sizeof(sockaddr_un::sun_path)) {
        address_ = *path;
        if (address_.starts_with('@'))
            address_[0] = '\0'; // the abstract namespace
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    }
    const auto watched = number(take_variable("WATCHDOG_USEC"));
    if (is_for_this_process(take_variable("WATCHDOG_PID")) && watched && *watched > 0)
        watchdog_ = std::chrono::microseconds(*watched / 2);
    const bool ours = is_for_this_process(take_variable("LISTEN_PID"));
    const long count = number(take_variable("LISTEN_FDS")).value_or(0);
    const std::string names = take_variable("LISTEN_FDNAMES").value_or("");
    const std::vector<std::string_view> parts = split(names, ':');
    for (long i = 0; ours && i < count && i < most_passed; ++i) {
        const int fd = first_passed + static_cast<int>(i);
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        const auto at = static_cast<std::size_t>(i);
        listeners_.push_back({at < parts.size() ? std::string(parts[at]) : std::string("unknown"), fd});
    }
}

service_manager::~service_manager()
{
    if (socket_ >= 0)
        ::close(socket_);
}

void service_manager::notify(const std::string& lines)
{
    if (socket_ < 0)
        return;
    sockaddr_un to = {};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address_.data(), address_.size());
    // systemd counts the exact length for names in the abstract namespace.
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address_.size());
    (void)::sendto(socket_, lines.data(), lines.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to), length);
}

void service_manager::ready(std::string_view status)
{
    notify("READY=1\nSTATUS=" + printable(status));
}

void service_manager::reloading()
{
    notify("RELOADING=1\n" + monotonic_line());
}

void service_manager::status(std::string_view text)
{
    notify("STATUS=" + printable(text));
}

void service_manager::stopping(std::string_view status)
{
    notify("STOPPING=1\nSTATUS=" + printable(status));
}

void service_manager::notify_watchdog()
{
    notify("WATCHDOG=1");
}

void service_manager::extend_timeout(std::chrono::microseconds more)
{
    notify("EXTEND_TIMEOUT_USEC=" + std::to_string(more.count()));
}

std::optional<int> service_manager::take_listener(std::string_view name)
{
    for (auto l = listeners_.begin(); l != listeners_.end(); ++l)
        if (l->name == name) {
            const int fd = l->fd;
            listeners_.erase(l);
            return fd;
        }
    return std::nullopt;
}

} // namespace ulak::daemon
