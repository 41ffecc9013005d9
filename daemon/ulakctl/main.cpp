// ulakctl: asks a running ulakd over its Unix socket, and checks files without one.
#include "core/text.hpp"
#include "ulakctl/commands.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
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
    app.add_option("-o,--output", g.output, "table or json; `check` also takes sarif")
        ->check(CLI::IsMember({"table", "json", "sarif"}))
        ->capture_default_str();
    app.add_flag("-q,--quiet", g.quiet, "The value alone: a code, a run's id, a balance");
    app.set_version_flag("--version", "ulakctl " ULAK_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 ok · 1 the run failed · 2 usage · 3 no daemon · 4 problems in files · 5 refused by policy ·\n"
        "6 needs attention · 7 wait timed out (the run goes on)");
}

/// `--wait` may stand alone or have a value after `=`; a word behind it is never taken for the value.
std::vector<std::string> words_of(int argc, char** argv)
{
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) // CLI11 takes them from the back
        words.emplace_back(std::string_view(argv[i]) == "--wait" ? "--wait=0s" : argv[i]);
    return words;
}

/// A slip in the command's name is answered with the name that was meant.
int wrong_usage(const CLI::App& app, const CLI::ParseError& e)
{
    const int code = app.exit(e, std::cout, std::cerr);
    if (code == 0)
        return exit_ok;
    std::vector<std::string> names;
    for (const command& c : commands())
        names.emplace_back(c.name);
    for (const std::string& word : app.remaining(true))
        if (auto meant = ulak::nearest(word, names); meant && !find_command(word))
            std::fprintf(stderr, "did you mean `%s`?\n", meant->c_str());
    return exit_usage;
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
        return wrong_usage(app, e);
    }
    const command& asked = *by_app.at(app.get_subcommands().front());
    if (g.output == "sarif" && asked.name != "check") {
        std::fputs("ulakctl: -o sarif is for `check` alone\n", stderr);
        return exit_usage;
    }
    cli_context s(g.socket, g.output, g.quiet);
    return asked.run(s, a);
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
