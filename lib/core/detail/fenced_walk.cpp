#include "core/detail/fenced_walk.hpp"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <utility>

namespace ulak {
namespace {

constexpr int max_links = 40; ///< as the kernel has it
constexpr int root_flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
constexpr int folder_flags = root_flags | O_NOFOLLOW;
/// Without O_NONBLOCK a FIFO would block the daemon until somebody writes to it.
constexpr int file_flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

bool refuse(int reason)
{
    errno = reason;
    return false;
}

file_descriptor nothing()
{
    return file_descriptor(-1); // errno says why
}

std::optional<std::string> link_target(int folder, const std::string& name)
{
    std::array<char, PATH_MAX> target;
    const ssize_t size = ::readlinkat(folder, name.c_str(), target.data(), target.size());
    if (size < 0)
        return std::nullopt;
    return std::string(target.data(), static_cast<std::size_t>(size));
}

} // namespace

fenced_walk::fenced_walk(std::string root, guarded_places guarded)
    : root_(std::move(root)), guarded_(std::move(guarded))
{}

/// An absolute path has to begin with the root, and begins there anew.
bool fenced_walk::add_ahead(std::string_view path)
{
    if (path.starts_with('/')) {
        const std::string start = root_.ends_with('/') ? root_ : root_ + "/";
        if (!path.starts_with(start))
            return refuse(EXDEV);
        path.remove_prefix(start.size());
        while (entered_.size() > 1)
            entered_.pop_back();
    }
    add_names(path);
    return true;
}

void fenced_walk::add_names(std::string_view path)
{
    while (!path.empty()) {
        const auto slash = path.rfind('/');
        const auto name = path.substr(slash == path.npos ? 0 : slash + 1);
        if (!name.empty() && name != ".")
            ahead_.emplace_back(name);
        path = path.substr(0, slash == path.npos ? 0 : slash);
    }
}

bool fenced_walk::follow_link(const std::string& target)
{
    return ++links_ > max_links ? refuse(ELOOP) : add_ahead(target);
}

bool fenced_walk::leave()
{
    if (entered_.size() > 1)
        entered_.pop_back();
    else if (root_ != "/") // whose parent is itself
        return refuse(EXDEV);
    return true;
}

bool fenced_walk::enter(const std::string& name)
{
    file_descriptor next(::openat(here(), name.c_str(), folder_flags));
    if (!next)
        return false;
    entered_.push_back(std::move(next));
    return true;
}

file_descriptor fenced_walk::open_last(const std::string& name)
{
    file_descriptor file(::openat(here(), name.c_str(), file_flags));
    if (file && guarded_.is_guarded_file(file.get())) {
        errno = EPERM;
        return nothing();
    }
    return file;
}

file_descriptor fenced_walk::open(std::string_view path)
{
    entered_.emplace_back(::open(root_.c_str(), root_flags));
    if (!entered_.back())
        return nothing();
    add_names(path);
    while (!ahead_.empty()) {
        if (guarded_.is_guarded_folder(here())) {
            errno = EPERM;
            return nothing();
        }
        const std::string name = std::move(ahead_.back());
        ahead_.pop_back();
        bool walked = false;
        if (name == "..")
            walked = leave();
        else if (const auto target = link_target(here(), name))
            walked = follow_link(*target);
        else if (ahead_.empty())
            return open_last(name);
        else
            walked = enter(name);
        if (!walked)
            return nothing();
    }
    errno = EISDIR;
    return nothing();
}

} // namespace ulak
