// What needs no daemon: checking files, schemas, completion.
#include "job/schema.hpp"
#include "kinds/kind.hpp"
#include "ulakctl/commands.hpp"
#include "ulakd/check.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>

namespace ulak::ctl {

namespace {

std::string command_names()
{
    std::string all;
    for (const command& c : commands())
        all += (all.empty() ? "" : " ") + std::string(c.name);
    return all;
}

/// Names of jobs come from the running daemon, so that they complete as they are now.
constexpr char live_jobs[] =
    "ulakctl jobs -o json 2>/dev/null | sed 's/\"name\":\"/\\n&/g' | sed -n 's/^\"name\":\"\\([^\"]*\\)\".*/\\1/p'";

std::string bash_completion()
{
    return "_ulakctl() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]}\n"
           "    case ${COMP_WORDS[1]} in\n"
           "    run|plan|job|next|pause|resume) COMPREPLY=($(compgen -W \"$(" +
           std::string(live_jobs) +
           ")\" -- \"$word\"));;\n"
           "    check) COMPREPLY=($(compgen -f -- \"$word\"));;\n"
           "    esac\n"
           "    [ \"$COMP_CWORD\" -eq 1 ] && COMPREPLY=($(compgen -W \"" +
           command_names() +
           "\" -- \"$word\"))\n"
           "}\n"
           "complete -F _ulakctl ulakctl\n";
}

std::string zsh_completion()
{
    std::string out = "#compdef ulakctl\n_ulakctl() {\n    local -a commands\n    commands=(\n";
    for (const command& c : commands())
        out += "        '" + std::string(c.name) + ":" + std::string(c.help) + "'\n";
    return out +
           "    )\n    if (( CURRENT == 2 )); then _describe command commands\n"
           "    else compadd -- $(" +
           std::string(live_jobs) + ")\n    fi\n}\n_ulakctl \"$@\"\n";
}

std::string fish_completion()
{
    std::string out = "complete -c ulakctl -f\n";
    for (const command& c : commands())
        out += "complete -c ulakctl -n __fish_use_subcommand -a " + std::string(c.name) + " -d '" +
               std::string(c.help) + "'\n";
    return out + "complete -c ulakctl -n '__fish_seen_subcommand_from run plan job next pause resume' -a '(" +
           std::string(live_jobs) + ")'\n";
}

} // namespace

int check_files(session& s, const arguments& a)
{
    const auto report = daemon::check_files(a.config, a.names, a.literal_secrets);
    const bool bad = yaml::has_errors(report.found);
    const std::string text = s.json() ? daemon::check_json(report) : daemon::check_text(report, s.out.colour);
    if (!s.quiet() || bad)
        std::fputs(text.c_str(), bad && !s.json() ? stderr : stdout);
    return bad ? exit_problems : exit_ok;
}

int show_schema(session& s, const arguments& a)
{
    const bool jobs = a.names.front() == "job";
    const auto schema =
        jobs ? job::job_schema(kinds::kind_tables()) : job::schema_of(*daemon::settings_table(), "ulak.yaml");
    s.print(boost::json::serialize(schema) + "\n");
    return exit_ok;
}

int show_version(session& s, const arguments&)
{
    if (!s.show_json(boost::json::object{{"version", ULAK_VERSION}}))
        s.print("ulakctl " ULAK_VERSION "\n");
    return exit_ok;
}

int show_completion(session& s, const arguments& a)
{
    const std::string& shell = a.names.front();
    s.print(shell == "bash" ? bash_completion() : shell == "zsh" ? zsh_completion() : fish_completion());
    return exit_ok;
}

} // namespace ulak::ctl
