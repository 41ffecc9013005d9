// ulakd: reads the command line, checks the files, and runs the daemon.
#include "ulakd/check.hpp"
#include "ulakd/daemon.hpp"
#include "ulakd/simulated.hpp"

#include <CLI/CLI.hpp>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace {

constexpr int exit_failure = 1;
constexpr int exit_usage = 2;
constexpr int exit_problems = 4;

struct options {
    std::string config = "/etc/ulak/ulak.yaml";
    bool check = false;
    bool literal_secrets = false;
    std::string simulator{}, folder{};
    std::string output = "table";
};

/// A core file or a debugger would show the secrets. LeakSanitizer is such a debugger, so its builds leave this out.
void hide_memory()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(ULAK_SANITIZED)
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

int check(const options& o)
{
    const auto report = ulak::daemon::check_files(o.config, {}, o.literal_secrets);
    const bool bad = ulak::yaml::has_errors(report.problems);
    if (o.output == "json")
        std::fputs(ulak::daemon::check_json(report).c_str(), stdout);
    else
        std::fputs(ulak::daemon::check_text(report, ::isatty(1) && !std::getenv("NO_COLOR")).c_str(), stdout);
    return bad ? exit_problems : 0;
}

int serve(const options& o)
{
    ulak::yaml::problems found;
    auto settings = o.simulator.empty() ? ulak::daemon::load_settings(o.config, o.literal_secrets, found)
                                        : ulak::daemon::load_simulated(o.config, o.simulator, o.folder, found);
    for (const auto& p : found)
        std::fputs(ulak::yaml::to_text(p).c_str(), stderr);
    if (!settings)
        return exit_problems;
    ulak::daemon::daemon_process process(std::move(*settings));
    if (auto built = process.build(); !built) {
        std::fprintf(stderr, "ulakd: %s\n", built.error().message.c_str());
        return exit_failure;
    }
    return process.run();
}

int parse(CLI::App& app, options& o, int argc, char** argv)
{
    app.add_option("--config", o.config, "Configuration file")->envname("ULAK_CONFIG")->capture_default_str();
    app.add_flag("--check", o.check, "Check the configuration and all jobs, then exit with 0 or 4");
    app.add_flag("--allow-literal-secrets", o.literal_secrets,
                 "Let ulak.yaml hold secrets itself; for trying things out");
    app.add_option("-o,--output", o.output, "Form of --check: table or json")->check(CLI::IsMember({"table", "json"}));
    auto* sim = app.add_option("--sim", o.simulator,
                               "Ready file of an ulak-sim that all accounts are pointed at; for ulakctl run --sim");
    sim->needs(app.add_option("--folder", o.folder, "Store, sockets and log of --sim"));
    app.set_version_flag("--version", "ulakd " ULAK_VERSION);
    app.footer(
        "Reloads its jobs on SIGHUP, stops on SIGTERM. See ulakctl --help for what a running daemon can be asked.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? -1 : exit_usage;
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    hide_memory();
    CLI::App app(
        "ulakd runs jobs that send SMS, rent numbers for codes and place panel orders, paying for nothing twice.");
    options o;
    if (const int stop = parse(app, o, argc, argv); stop != 0)
        return stop < 0 ? 0 : stop;
    try {
        return o.check ? check(o) : serve(o);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "ulakd: %s\n", e.what());
        return exit_failure;
    }
}
