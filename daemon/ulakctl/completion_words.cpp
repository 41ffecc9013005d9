#include "ulakctl/completion_words.hpp"

#include "core/text.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/commands.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/usage_slip.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

using names = std::vector<std::string>;

constexpr std::chrono::seconds patience(2); ///< nobody waits longer for a Tab

/// Where the daemon lists names: a request, the list in its response, and the member that is the name.
struct name_source {
    std::string_view what, path, list, name;
};

constexpr name_source sources[] = {{"job", "/v1/jobs", "jobs", "name"},
                                   {"run", "/v1/runs?limit=50", "runs", "id"},
                                   {"account", "/v1/accounts", "accounts", "account"},
                                   {"entry", "/v1/attention", "attention", "id"}};

names names_of(cli_context& s, const name_source& from)
{
    names all;
    const auto got = s.daemon.get(std::string(from.path), patience);
    const auto* list = got && got->is_object() ? got->get_object().if_contains(from.list) : nullptr;
    if (list && list->is_array())
        for (const json::value& v : list->get_array())
            all.push_back(cell(v.as_object(), from.name));
    return all;
}

/// Accounts of which a capability says that numbers can be ordered there.
names sellers(cli_context& s)
{
    names all;
    const auto got = s.daemon.get("/v1/accounts", patience);
    const auto* list = got && got->is_object() ? got->get_object().if_contains("accounts") : nullptr;
    if (list && list->is_array())
        for (const json::value& v : list->get_array())
            if (cell(v.as_object(), "can").find("numbers") != std::string::npos)
                all.push_back(cell(v.as_object(), "account"));
    return all;
}

names parameters_of(cli_context& s, const names& given)
{
    names all;
    const auto got = given.empty() ? result<json::value>(error(errc::not_found, ""))
                                   : s.daemon.get("/v1/jobs/" + path_segment(given.front()), patience);
    const auto* list = got && got->is_object() ? got->get_object().if_contains("params") : nullptr;
    if (list && list->is_array())
        for (const json::value& v : list->get_array())
            all.push_back(cell(v.as_object(), "name") + "=");
    return all;
}

/// Of what a table calls `completes`: a kind of name, or the words themselves.
names values_of(cli_context& s, std::string_view what, const names& given)
{
    if (what == "file")
        return {std::string(files_too)};
    if (what == "seller")
        return sellers(s);
    if (what == "parameter")
        return parameters_of(s, given);
    for (const name_source& from : sources)
        if (what == from.what)
            return names_of(s, from);
    names all;
    for (std::string_view word : split(what, ' '))
        if (!word.empty())
            all.emplace_back(word);
    return all;
}

names option_values(cli_context& s, const option_spec& o, const names& given)
{
    return values_of(s, o.choices.empty() ? o.completes : o.choices, given);
}

names option_names(const command& c)
{
    names all{"--socket", "--output", "--quiet", "--help"};
    for (const option_spec& o : c.options)
        for (std::string_view name : split(o.names, ','))
            if (name.starts_with("-"))
                all.emplace_back(name);
    return all;
}

/// The positional argument that comes after `given`; null: none does.
const option_spec* next_positional(const command& c, std::size_t given)
{
    for (const option_spec& o : c.options) {
        if (!o.is_positional())
            continue;
        if (given < static_cast<std::size_t>(o.count.most))
            return &o;
        given -= static_cast<std::size_t>(o.count.most);
    }
    return nullptr;
}

names positional_values(cli_context& s, const command& c, const names& given)
{
    const option_spec* next = next_positional(c, given.size());
    if (!next)
        return {};
    if (!next->completes.empty() || !next->choices.empty())
        return option_values(s, *next, given);
    if (c.name == "resolve" && given.size() == 1)
        return values_of(s, "done not-done write-off", given);
    const bool more_than_one = next->count.most > 1 && !given.empty() && c.completes != "file";
    return more_than_one ? names() : values_of(s, c.completes, given);
}

names command_names()
{
    names all;
    for (const command& c : commands())
        if (!c.hidden)
            all.emplace_back(c.name);
    return all;
}

names candidates(cli_context& s, const names& words)
{
    const std::string& word = words.back();
    const names before(words.begin(), words.end() - 1);
    const auto seen = read_words(before);
    if (seen.pending_global == "--socket")
        return {std::string(files_too)};
    if (!seen.pending_global.empty())
        return {"table", "json", "csv", "sarif"};
    if (seen.pending)
        return option_values(s, *seen.pending, seen.positionals);
    if (!seen.definition)
        return word.starts_with('-') ? names{"--socket", "--output", "--quiet", "--help", "--version"}
                                     : command_names();
    return word.starts_with('-') ? option_names(*seen.definition)
                                 : positional_values(s, *seen.definition, seen.positionals);
}

} // namespace

names completions(cli_context& s, const names& words)
{
    if (words.empty())
        return command_names();
    names all = candidates(s, words);
    std::erase_if(all, [&](const std::string& c) { return c != files_too && !c.starts_with(words.back()); });
    return all;
}

} // namespace ulak::ctl
