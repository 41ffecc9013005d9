// ulakd: reads the command line, checks the files, and runs the daemon.
#include "ulakd/check.hpp"
#include "ulakd/command_line.hpp"
#include "ulakd/daemon.hpp"
#include "ulakd/simulated.hpp"

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace {

using ulak::daemon::command_line;

constexpr int exit_failure = 1;
constexpr int exit_problems = 4;

// A core file or a debugger would show the secrets. LeakSanitizer is such a debugger, so its builds leave this out.
void hide_memory()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(ULAK_SANITIZED)
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

int check(const command_line& c)
{
    const auto report = ulak::daemon::check_files(c.config, {}, c.literal_secrets);
    if (c.output == "json")
        std::fputs(ulak::daemon::check_json(report).c_str(), stdout);
    else
        std::fputs(ulak::daemon::check_text(report, ::isatty(1) && !std::getenv("NO_COLOR")).c_str(), stdout);
    return ulak::yaml::has_errors(report.problems) ? exit_problems : 0;
}

int serve(const command_line& c)
{
    // Load the files; nothing starts with an error in them.
    ulak::yaml::problems found;
    auto settings = c.simulator.empty() ? ulak::daemon::load_settings(c.config, c.literal_secrets, found)
                                        : ulak::daemon::load_simulated(c.config, c.simulator, c.folder, found);
    for (const auto& p : found)
        std::fputs(ulak::yaml::to_text(p).c_str(), stderr);
    if (!settings)
        return exit_problems;
    // Build the daemon, then run it.
    ulak::daemon::daemon_process process(std::move(*settings));
    if (auto built = process.build(); !built) {
        std::fprintf(stderr, "ulakd: %s\n", built.error().message.c_str());
        return exit_failure;
    }
    return process.run();
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    hide_memory();
    try {
        command_line c;
        if (const auto ended = ulak::daemon::parse_command_line(argc, argv, c))
            return *ended;
        return c.check ? check(c) : serve(c);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "ulakd: %s\n", e.what());
        return exit_failure;
    }
}
