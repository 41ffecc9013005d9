#include "ulakctl/command_reference.hpp"

#include <CLI/CLI.hpp>

namespace ulak::ctl {

namespace {

option_reference describe_option(const CLI::Option& o)
{
    option_reference row;
    for (const std::string& name : o.get_snames())
        row.names.push_back("-" + name);
    for (const std::string& name : o.get_lnames())
        row.names.push_back("--" + name);
    row.help = o.get_description();
    row.value = o.get_name();
    row.takes_value = o.get_items_expected_max() > 0;
    return row;
}

} // namespace

std::vector<command_reference> command_references()
{
    std::vector<command_reference> all;
    for (const command& c : commands()) {
        if (c.hidden)
            continue;
        CLI::App app;
        arguments unused;
        command_reference row;
        row.definition = &c;
        for (const CLI::Option* o : declare(app, c, unused)->get_options())
            (o->get_positional() ? row.positionals : row.options).push_back(describe_option(*o));
        all.push_back(std::move(row));
    }
    return all;
}

} // namespace ulak::ctl
