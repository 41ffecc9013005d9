#include "ulakctl/command_reference.hpp"

#include "core/text.hpp"

namespace ulak::ctl {

namespace {

option_reference help_option()
{
    option_reference help;
    help.names = {"-h", "--help"};
    help.help = "Print this help message and exit"; // as CLI11 adds it to every command
    return help;
}

option_reference describe_option(const option_spec& o)
{
    option_reference row;
    row.help = std::string(o.help);
    row.takes_value = !o.is_flag();
    if (o.is_positional())
        row.value = std::string(o.names);
    else
        for (std::string_view name : split(o.names, ','))
            row.names.emplace_back(name);
    return row;
}

} // namespace

std::vector<command_reference> command_references()
{
    std::vector<command_reference> all;
    for (const command& c : commands()) {
        if (c.hidden)
            continue;
        command_reference row;
        row.definition = &c;
        row.options.push_back(help_option());
        for (const option_spec& o : c.options)
            (o.is_positional() ? row.positionals : row.options).push_back(describe_option(o));
        all.push_back(std::move(row));
    }
    return all;
}

} // namespace ulak::ctl
