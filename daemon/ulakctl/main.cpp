// ulakctl: asks a running ulakd over its Unix socket, and checks files without one.
#include "ulakctl/commands.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <vector>

namespace {

using namespace ulak::ctl;

struct globals {
    std::string socket = "/run/ulak/ulak.sock";
    std::string output = "table";
    bool quiet = false;
};

void declare_globals(CLI::App& app, globals& g)
{
    app.add_option("--socket", g.socket, "Control socket of ulakd")->envname("ULAK_SOCKET")->capture_default_str();
    app.add_option("-o,--output", g.output, "table or json")
        ->check(CLI::IsMember({"table", "json"}))
        ->capture_default_str();
    app.add_flag("-q,--quiet", g.quiet, "The value alone: a code, a run's id, a balance");
    app.set_version_flag("--version", "ulakctl " ULAK_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 ok · 1 the run failed · 2 usage · 3 no daemon · 4 problems in files · 5 refused by policy ·\n"
        "6 needs attention · 7 wait timed out (the run goes on)");
}

CLI::App* declare(CLI::App& app, const command& c, arguments& a)
{
    CLI::App* sub = app.add_subcommand(std::string(c.name), std::string(c.help));
    sub->footer("Examples:\n" + std::string(c.examples));
    if (c.declare)
        c.declare(*sub, a);
    return sub;
}

/// `--wait` may stand alone or have a value after `=`; a word behind it is never taken for the value.
std::vector<std::string> words_of(int argc, char** argv)
{
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) // CLI11 takes them from the back
        words.emplace_back(std::string_view(argv[i]) == "--wait" ? "--wait=0s" : argv[i]);
    return words;
}

int serve(int argc, char** argv)
{
    CLI::App app("ulakctl drives ulakd: starts and cancels runs, shows what happened, checks files.");
    globals g;
    arguments a;
    declare_globals(app, g);
    std::map<const CLI::App*, const command*> by_app;
    for (const command& c : commands())
        by_app.emplace(declare(app, c, a), &c);
    try {
        app.parse(words_of(argc, argv));
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? exit_ok : exit_usage;
    }
    session s(g.socket, g.output == "json", g.quiet);
    return by_app.at(app.get_subcommands().front())->run(s, a);
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_DFL); // `ulakctl events | head` ends quietly
    try {
        return serve(argc, argv);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "ulakctl: %s\n", e.what());
        return exit_run_failed;
    }
}
