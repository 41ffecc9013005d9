#include "ulakctl/simulation.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ulak::ctl {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds start_timeout{30};
constexpr int poll_interval_ms = 20; // milliseconds
constexpr std::chrono::seconds stop_timeout{5};

/// As installed beside us (bin, sbin), as built (a folder each), else wherever PATH has it.
std::string program(const std::string& name)
{
    std::error_code failed;
    const fs::path here = fs::read_symlink("/proc/self/exe", failed).parent_path();
    for (const fs::path& place : {here / name, here / "../sbin" / name, here / ".." / name / name})
        if (fs::is_regular_file(place, failed) && ::access(place.c_str(), X_OK) == 0)
            return place.string();
    return name;
}

std::string text_of(const std::string& path)
{
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

[[noreturn]] void exec_child(std::vector<std::string>& words, const std::string& said)
{
    ::prctl(PR_SET_PDEATHSIG, SIGTERM); // no simulator outlives the command that started it
    const int out = ::open(said.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execvp(argv.front(), argv.data());
    const std::string why = words.front() + " cannot be run: " + std::strerror(errno) + "\n";
    (void)!::write(STDERR_FILENO, why.data(), why.size());
    ::_exit(127);
}

void terminate(pid_t child)
{
    ::kill(child, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + stop_timeout;
    while (::waitpid(child, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > until) {
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            return;
        }
        ::poll(nullptr, 0, poll_interval_ms);
    }
}

} // namespace

simulation::~simulation()
{
    for (auto child = processes_.rbegin(); child != processes_.rend(); ++child)
        terminate(*child);
    std::error_code ignored;
    if (!folder_.empty())
        fs::remove_all(folder_, ignored);
}

result<void> simulation::launch(std::vector<std::string> words, const std::string& said)
{
    const pid_t child = ::fork();
    if (child < 0)
        return error(errc::unavailable, std::string("no new process: ") + std::strerror(errno));
    if (child == 0)
        exec_child(words, said);
    processes_.push_back(child);
    return {};
}

result<void> simulation::wait_for(const std::string& path, const std::string& said)
{
    const auto until = std::chrono::steady_clock::now() + start_timeout;
    std::error_code unreadable;
    while (!fs::exists(path, unreadable)) {
        const bool over = ::waitpid(processes_.back(), nullptr, WNOHANG) != 0;
        if (over)
            processes_.pop_back();
        if (over || std::chrono::steady_clock::now() > until)
            return error(errc::unavailable, "the simulation did not start:\n" + text_of(said));
        ::poll(nullptr, 0, poll_interval_ms);
    }
    return {};
}

result<void> simulation::start(const std::string& config)
{
    std::error_code none;
    const fs::path temporary = fs::temp_directory_path(none);
    std::string pattern = ((none ? fs::path("/tmp") : temporary) / "ulak-sim-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        return error(errc::unavailable, pattern + ": " + std::strerror(errno));
    folder_ = pattern;
    const std::string ready = folder_ + "/ready.json", said = folder_ + "/said";
    auto begun = launch({program("ulak-sim"), "--ready-file", ready, "--directory", folder_ + "/sim"}, said);
    if (begun)
        begun = wait_for(ready, said);
    if (begun)
        begun = launch({program("ulakd"), "--config", config, "--sim", ready, "--folder", folder_}, said);
    if (begun)
        begun = wait_for(socket(), said);
    return begun;
}

} // namespace ulak::ctl
