#include "ulakctl/command_line.hpp"

#include "core/text.hpp"
#include "ulakctl/usage_slip.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <map>
#include <ostream>
#include <vector>

namespace ulak::ctl {

namespace {

void declare_globals(CLI::App& app, invocation& all)
{
    app.add_option("--socket", all.socket, "Control socket of ulakd")->envname("ULAK_SOCKET")->capture_default_str();
    app.add_option("-o,--output", all.output.format, "table or json; recipients also as csv, problems as sarif")
        ->check(CLI::IsMember({"table", "json", "csv", "sarif"}))
        ->capture_default_str();
    app.add_flag("-q,--quiet", all.output.quiet, "The value alone: a code, a run's id, a balance");
    app.set_version_flag("--version", "ulakctl " ULAK_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 ok · 1 the run failed · 2 usage · 3 no daemon · 4 problems in files · 5 refused by policy ·\n"
        "6 needs attention · 7 wait timed out (the run goes on)");
}

std::vector<std::string> words_in(std::string_view text)
{
    std::vector<std::string> out;
    for (std::string_view word : split(text, ' '))
        out.emplace_back(word);
    return out;
}

CLI::Option* add_option(CLI::App& to, const option_spec& spec, arguments& args)
{
    const std::string names(spec.names), help(spec.help);
    const auto add = [&](auto member) -> CLI::Option* {
        auto& value = args.*member;
        if constexpr (std::is_same_v<decltype(member), bool arguments::*>)
            return to.add_flag(names, value, help);
        else
            return to.add_option(names, value, help);
    };
    return std::visit(add, spec.target);
}

void declare_option(CLI::App& to, const option_spec& spec, arguments& args)
{
    CLI::Option* option = add_option(to, spec, args);
    option->required(spec.required);
    if (spec.is_positional())
        option->expected(spec.count.least, spec.count.most);
    else if (std::holds_alternative<std::vector<std::string> arguments::*>(spec.target))
        option->take_all();
    if (spec.target == option_target(&arguments::key)) // of an unset variable: without a key every repetition buys
        option->check(
            [](const std::string& key) { return key.empty() ? std::string("the key is empty") : std::string(); });
    if (!spec.choices.empty())
        option->check(CLI::IsMember(words_in(spec.choices)));
    if (spec.shows_default)
        option->capture_default_str();
}

CLI::App* declare_command(CLI::App& app, const command& c, arguments& args)
{
    CLI::App* sub = app.add_subcommand(std::string(c.name), std::string(c.help));
    std::string examples = "Examples:";
    for (std::string_view line : split(c.examples, '\n'))
        examples += "\n  " + std::string(line);
    sub->footer(examples);
    if (c.hidden)
        sub->group("");
    for (const option_spec& spec : c.options)
        declare_option(*sub, spec, args);
    return sub;
}

/// Variables of the environment are for what the command line does not say. CLI11 would fill in those of all commands.
void read_variables(const CLI::App& sub, const command& c, arguments& args)
{
    for (const option_spec& spec : c.options) {
        const char* value = spec.variable.empty() ? nullptr : std::getenv(std::string(spec.variable).c_str());
        const auto* target = std::get_if<std::string arguments::*>(&spec.target);
        if (value && *value && target && sub.get_option(std::string(spec.names))->count() == 0)
            args.** target = value;
    }
}

/// `--wait` may stand alone or have a value after `=`; the next word is never taken for its value.
std::vector<std::string> reversed_words(int argc, const char* const* argv)
{
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) // CLI11 takes them from the back
        words.emplace_back(std::string_view(argv[i]) == "--wait" ? "--wait=0s" : argv[i]);
    return words;
}

int report_usage(const CLI::App& app, const CLI::ParseError& e, const std::vector<std::string>& words,
                 std::ostream& out, std::ostream& err)
{
    if (e.get_exit_code() == 0) // help or the version was asked for
        return app.exit(e, out, err), int(exit_ok);
    const std::string slip = usage_slip(words);
    err << "ulakctl: " << (slip.empty() ? std::string(e.what()) : slip) << "\n";
    const command* c = read_words(words).definition;
    err << "see: ulakctl " << (c ? std::string(c->name) + " " : std::string()) << "--help\n";
    return exit_usage;
}

} // namespace

std::variant<invocation, int> parse_command_line(int argc, const char* const* argv, std::ostream& out,
                                                 std::ostream& err)
{
    if (argc > 1 && std::string_view(argv[1]) == "__complete") { // its words may be anything
        invocation asked;
        asked.definition = find_command("__complete");
        asked.args.names.assign(argv + 2, argv + argc);
        if (const char* socket = std::getenv("ULAK_SOCKET"); socket && *socket)
            asked.socket = socket;
        return asked;
    }
    // Declare everything, with the targets in `all`.
    CLI::App app("ulakctl drives ulakd: starts and cancels runs, shows what happened, checks files.", "ulakctl");
    invocation all;
    declare_globals(app, all);
    std::map<const CLI::App*, const command*> by_app;
    for (const command& c : commands())
        by_app.emplace(declare_command(app, c, all.args), &c);

    // Read.
    try {
        app.parse(reversed_words(argc, argv));
    } catch (const CLI::ParseError& e) {
        return report_usage(app, e, {argv + 1, argv + argc}, out, err);
    }
    all.socket_is_default = app.get_option("--socket")->count() == 0;
    const CLI::App* sub = app.get_subcommands().front();
    all.definition = by_app.at(sub);
    read_variables(*sub, *all.definition, all.args);
    if (all.output.format == "sarif" && all.definition->name != "check") {
        err << "ulakctl: -o sarif is for `check` alone\n";
        return int(exit_usage);
    }
    const bool recipients = all.definition->name == "report" || (all.definition->name == "show" && all.args.items);
    if (all.output.format == "csv" && !recipients) {
        err << "ulakctl: -o csv is for `report` and `show --items`\n";
        return int(exit_usage);
    }
    return all;
}

} // namespace ulak::ctl
