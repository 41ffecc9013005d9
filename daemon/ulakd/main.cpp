// ulakd: reads the command line, checks the files, and runs the daemon.
#include "ulakd/check.hpp"
#include "ulakd/command_line.hpp"
#include "ulakd/daemon.hpp"
#include "ulakd/simulated.hpp"
#include "ulakd/store_place.hpp"

#include "core/locked_memory.hpp"
#include "core/standard_descriptors.hpp"
#include "ledger/init_store.hpp"

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
constexpr int exit_needs_person = 6; ///< a store is lost, or others can write to it: no restart mends that

// A core file or a debugger would show the secrets. LeakSanitizer is such a debugger, so its builds leave this out.
void hide_memory()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(ULAK_SANITIZED)
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

int fail(const ulak::error& why)
{
    std::fprintf(stderr, "ulakd: %s\n", why.message.c_str());
    const bool person = why.code == ulak::errc::not_found || why.code == ulak::errc::forbidden;
    return person ? exit_needs_person : exit_failure;
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

// Makes the first store. A store that is there is as good.
int init(const command_line& c)
{
    ulak::yaml::problems found;
    const auto settings = ulak::daemon::read_settings(c.config, c.literal_secrets, found, true);
    for (const auto& p : found)
        std::fputs(ulak::yaml::to_text(p).c_str(), stderr);
    if (ulak::yaml::has_errors(found))
        return exit_problems;
    if (auto allowed = ulak::daemon::check_init_user(settings); !allowed)
        return fail(allowed.error());
    const auto made = ulak::ledger::init_store(settings.state_dir, ulak::daemon::store_opening_of(settings), c.forget);
    if (!made)
        return fail(made.error());
    std::printf("%s %s\n", *made ? "a new store was made in" : "there is a store in", settings.state_dir.c_str());
    return 0;
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
    settings->may_create_store = !c.no_create;
    if (!ulak::all_memory_was_locked())
        std::fputs("ulakd: not all secrets could be kept out of swap; allow more by LimitMEMLOCK= or ulimit -l\n",
                   stderr);
    // Build the daemon, then run it.
    ulak::daemon::daemon_process process(std::move(*settings));
    if (auto built = process.build(); !built)
        return fail(built.error());
    return process.run();
}

} // namespace

int main(int argc, char** argv)
{
    ulak::open_standard_descriptors();
    std::signal(SIGPIPE, SIG_IGN);
    hide_memory();
    try {
        command_line c;
        if (const auto ended = ulak::daemon::parse_command_line(argc, argv, c))
            return *ended;
        return c.check ? check(c) : c.init ? init(c) : serve(c);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "ulakd: %s\n", e.what());
        return exit_failure;
    }
}
