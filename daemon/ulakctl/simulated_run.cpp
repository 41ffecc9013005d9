#include "ulakctl/simulated_run.hpp"

#include "ulakctl/run_commands.hpp"
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
    output_options output;
    output.format = s.json() ? "json" : "table";
    output.quiet = s.quiet();
    cli_context inside(daemon_client(socket), output);
    return start_run(inside, a);
}

/// In a process of its own: Ctrl-C ends the watching of the run, and the simulation is still cleared away.
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
    simulation around;
    auto begun = around.start(a.config);
    if (!begun) {
        s.warn("ulakctl: " + begun.error().message + "\n");
        return begun.error().message.find("error[") != std::string::npos ? exit_problems : exit_run_failed;
    }
    const int code = run_in_child(around.socket(), s, a);
    if (!s.quiet() && !s.json())
        s.warn("simulated: nothing was sent and nothing was paid\n");
    return code;
}

} // namespace ulak::ctl
