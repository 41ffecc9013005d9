// `ulakctl run JOB --sim`: the real job, its real file and limits, against the simulator.
#include "ulakctl/commands.hpp"
#include "ulakctl/simulation.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace ulak::ctl {

namespace {

int run_against(const std::string& socket, const cli_context& s, arguments a)
{
    a.simulated = false;
    if (a.wait.empty())
        a.wait = "0s";
    cli_context inside(socket, s.json() ? "json" : "table", s.quiet());
    return start_run(inside, a);
}

/// In a process of its own: Ctrl-C ends the run's watching, and the simulators are still cleared away.
int run_in_child(const std::string& socket, const cli_context& s, const arguments& a)
{
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0)
        return exit_run_failed;
    if (child == 0) {
        std::signal(SIGINT, SIG_DFL);
        const int code = run_against(socket, s, a);
        std::fflush(nullptr);
        ::_exit(code);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : exit_run_failed;
}

} // namespace

int run_simulated(cli_context& s, const arguments& a)
{
    std::signal(SIGINT, SIG_IGN);
    simulation house;
    auto begun = house.start(a.config);
    if (!begun) {
        std::fprintf(stderr, "ulakctl: %s\n", begun.error().message.c_str());
        return begun.error().message.find("error[") != std::string::npos ? exit_problems : exit_run_failed;
    }
    const int code = run_in_child(house.socket(), s, a);
    if (!s.quiet() && !s.json())
        std::fputs("simulated: nothing was sent and nothing was paid\n", stderr);
    return code;
}

} // namespace ulak::ctl
