#include "ulakd/command_line.hpp"

#include <CLI/CLI.hpp>

namespace ulak::daemon {
namespace {

constexpr int exit_usage = 2;

void add_options(CLI::App& app, command_line& out)
{
    app.add_option("--config", out.config, "Configuration file")->envname("ULAK_CONFIG")->capture_default_str();
    app.add_flag("--check", out.check, "Check the configuration and all jobs, then exit with 0 or 4");
    auto* init = app.add_flag("--init", out.init, "Make the first store where there is none, then exit");
    app.add_flag("--forget", out.forget,
                 "With --init: begin anew though a store was lost, without its opt-outs, budgets and open numbers")
        ->needs(init);
    app.add_flag("--no-create", out.no_create, "Refuse to start without a store, also where there never was one")
        ->excludes(init);
    app.add_flag("--allow-literal-secrets", out.literal_secrets,
                 "Let ulak.yaml hold secrets itself; for trying things out");
    app.add_option("-o,--output", out.output, "Form of --check: table or json")
        ->check(CLI::IsMember({"table", "json"}));
    auto* sim = app.add_option("--sim", out.simulator,
                               "Ready file of an ulak-sim that all accounts are pointed at; for ulakctl run --sim");
    sim->needs(app.add_option("--folder", out.folder, "Store, sockets and log of --sim"));
    app.set_version_flag("--version", "ulakd " ULAK_VERSION);
    app.footer(
        "Reloads its jobs on SIGHUP, stops on SIGTERM. See ulakctl --help for what a running daemon can be asked.");
}

} // namespace

std::optional<int> parse_command_line(int argc, const char* const* argv, command_line& out)
{
    CLI::App app(
        "ulakd runs jobs that send SMS, rent numbers for codes and place panel orders, paying for nothing twice.");
    add_options(app, out);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : exit_usage;
    }
    return std::nullopt;
}

} // namespace ulak::daemon
