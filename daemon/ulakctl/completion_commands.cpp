#include "ulakctl/completion_commands.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/completion.hpp"

#include <boost/json/array.hpp>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// Where the daemon lists names: a request, the list in its response, and the member that is the name.
struct name_source {
    const char *path, *list, *name;
};

name_source name_source_of(std::string_view what)
{
    if (what == "run")
        return {"/v1/runs?limit=50", "runs", "id"};
    if (what == "account")
        return {"/v1/accounts", "accounts", "account"};
    if (what == "entry")
        return {"/v1/attention", "attention", "id"};
    return {"/v1/jobs", "jobs", "name"};
}

} // namespace

int show_completion(cli_context& s, const arguments& a)
{
    const auto all = command_references();
    const std::string& shell = a.names.front();
    s.print(shell == "bash" ? bash_completion(all) : shell == "zsh" ? zsh_completion(all) : fish_completion(all));
    return exit_ok;
}

int show_names(cli_context& s, const arguments& a)
{
    const name_source from = name_source_of(a.names.front());
    auto got = s.daemon.get(from.path, std::chrono::seconds(2)); // nobody waits longer for a Tab
    if (!got)
        return exit_no_daemon;
    for (const json::value& v : got->at(from.list).as_array())
        s.print(cell(v.as_object(), from.name) + "\n");
    return exit_ok;
}

} // namespace ulak::ctl
