#include "engine/detail/spawn_program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

#include <cerrno>
#include <cstring>

namespace ulak::engine {
namespace {

/// Nothing of the daemon's own environment: it may hold secrets.
constexpr const char* environment[] = {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                       "LANG=C.UTF-8", nullptr};

error spawn_error(int code, const std::string& program)
{
    const auto kind = code == ENOENT ? errc::not_found : code == EACCES ? errc::forbidden : errc::unavailable;
    return error(kind, program + " cannot be started: " + std::strerror(code));
}

/// posix_spawn's file actions and attributes.
class spawn_options {
  public:
    spawn_options(int input, int errors)
    {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, input, 0);
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&files, errors, 2);
        posix_spawn_file_actions_addclosefrom_np(&files, 3);
        posix_spawnattr_init(&attributes);
        sigset_t all, none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes, &all); // the daemon ignores SIGPIPE; the program must not
        posix_spawnattr_setsigmask(&attributes, &none);
        // Who leads a session cannot leave its group, and has no terminal to write to.
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    spawn_options(const spawn_options&) = delete;
    spawn_options& operator=(const spawn_options&) = delete;
    ~spawn_options()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
};

/// Whoever started the daemon may have left SIGCHLD ignored: then the kernel keeps no status of a child.
void keep_child_status()
{
    struct sigaction now{};
    if (::sigaction(SIGCHLD, nullptr, &now) == 0 && now.sa_handler == SIG_IGN)
        ::signal(SIGCHLD, SIG_DFL);
}

} // namespace

result<pid_t> spawn_program(const std::vector<std::string>& arguments, int input, int errors)
{
    keep_child_status();
    std::vector<char*> argv;
    for (const auto& a : arguments)
        argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    spawn_options options(input, errors);
    pid_t pid = 0;
    const int code = posix_spawn(&pid, argv[0], &options.files, &options.attributes, argv.data(),
                                 const_cast<char* const*>(environment));
    if (code != 0)
        return spawn_error(code, arguments[0]);
    return pid;
}

} // namespace ulak::engine
