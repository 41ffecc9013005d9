#include "ledger/detail/path_lock.hpp"

#include "ledger/detail/fnv1a.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace ulak::ledger {
namespace {

/// A process that was killed, or one that it had just forked, holds the name for some milliseconds more.
constexpr int max_attempts = 50;
constexpr int retry_interval_ms = 20;

struct kernel_name {
    sockaddr_un address = {};
    socklen_t size = 0;
};

/// An abstract name begins with a zero.
kernel_name name_of(const std::string& path)
{
    kernel_name out;
    out.address.sun_family = AF_UNIX;
    const int used = std::snprintf(out.address.sun_path + 1, sizeof(out.address.sun_path) - 1, "ulak-store-%016llx",
                                   static_cast<unsigned long long>(fnv1a(path)));
    out.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + static_cast<std::size_t>(used));
    return out;
}

file_descriptor new_socket()
{
    return file_descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

/// Nobody takes the connection: that it can be begun is enough. nullopt: nobody answers, or the kernel does not say
/// who.
std::optional<ucred> holder_of(const kernel_name& name)
{
    const auto probe = new_socket();
    ucred who = {};
    socklen_t size = sizeof(who);
    if (!probe || ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&name.address), name.size) != 0 ||
        ::getsockopt(probe.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
        return std::nullopt;
    return who;
}

bool may_hold(const ucred& who, const std::string& path)
{
    struct stat seen = {};
    const bool owner = ::stat(path.c_str(), &seen) == 0 && seen.st_uid == who.uid;
    return owner || who.uid == 0 || who.uid == ::geteuid();
}

} // namespace

std::string canonical_path(const std::string& path)
{
    std::error_code failed;
    auto whole = std::filesystem::weakly_canonical(std::filesystem::absolute(path, failed), failed).string();
    if (failed || whole.empty())
        return path;
    if (whole.size() > 1 && whole.back() == '/')
        whole.pop_back();
    return whole;
}

result<path_lock> path_lock::take(const std::string& path)
{
    const auto name = name_of(canonical_path(path));
    for (int attempt = 0;; ++attempt) {
        auto held = new_socket();
        const auto* address = reinterpret_cast<const sockaddr*>(&name.address);
        if (held && ::bind(held.get(), address, name.size) == 0 && ::listen(held.get(), SOMAXCONN) == 0)
            return path_lock(std::move(held));
        if (errno != EADDRINUSE)
            return path_lock(file_descriptor(-1));
        if (attempt < max_attempts) {
            ::poll(nullptr, 0, retry_interval_ms);
            continue;
        }
        const auto who = holder_of(name);
        if (who && !may_hold(*who, path))
            return path_lock(file_descriptor(-1));
        return error(errc::conflict, who ? "process " + std::to_string(who->pid) : "a process");
    }
}

} // namespace ulak::ledger
