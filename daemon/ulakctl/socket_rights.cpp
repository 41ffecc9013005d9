#include "ulakctl/socket_rights.hpp"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace ulak::ctl {

namespace {

std::string group_name(gid_t id)
{
    const auto* group = ::getgrgid(id);
    return group != nullptr ? group->gr_name : "group " + std::to_string(id);
}

std::string user_name()
{
    const auto* user = ::getpwuid(::geteuid());
    return user != nullptr ? user->pw_name : "$USER";
}

std::string folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

} // namespace

std::string socket_rights(const std::string& path)
{
    struct stat about = {};
    // Where even the folder may not be looked into, its own group is the one that matters.
    if (::stat(path.c_str(), &about) != 0 && ::stat(folder_of(path).c_str(), &about) != 0)
        return "\n  ask its owner to add you to the socket's group";
    if ((about.st_mode & S_IWGRP) == 0 && (about.st_mode & S_IXGRP) == 0)
        return "\n  it is its owner's alone, no group may use it; try as root";
    const std::string group = group_name(about.st_gid);
    return "\n  it belongs to group " + group + "; join it and log in again: sudo adduser " + user_name() + " " + group;
}

std::string reachable_socket(const std::string& path)
{
    if (::access(path.c_str(), W_OK) == 0 || errno != EACCES)
        return path;
    std::string view = folder_of(path) + "/view.sock";
    return ::access(view.c_str(), W_OK) == 0 ? view : path;
}

bool is_no_socket(const std::string& path)
{
    struct stat about = {};
    return ::stat(path.c_str(), &about) == 0 && !S_ISSOCK(about.st_mode);
}

} // namespace ulak::ctl
