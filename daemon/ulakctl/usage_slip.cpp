#include "ulakctl/usage_slip.hpp"

#include "core/text.hpp"
#include "core/wall_time.hpp"

#include <algorithm>
#include <string_view>

namespace ulak::ctl {

namespace {

constexpr std::string_view valued_globals[] = {"--socket", "-o", "--output"};
constexpr std::string_view flag_globals[] = {"-q", "--quiet", "--version", "-h", "--help"};

bool names_option(std::string_view names, std::string_view word)
{
    const auto all = split(names, ',');
    return std::ranges::find(all, word) != all.end();
}

const option_spec* find_option(const command& c, std::string_view word)
{
    const auto found = std::ranges::find_if(
        c.options, [&](const option_spec& o) { return !o.is_positional() && names_option(o.names, word); });
    return found == c.options.end() ? nullptr : &*found;
}

template<class List>
bool contains(const List& list, std::string_view word)
{
    return std::ranges::find(list, word) != std::end(list);
}

bool takes_next(const command* c, std::string_view word)
{
    if (contains(valued_globals, word))
        return true;
    const option_spec* o = c ? find_option(*c, word) : nullptr;
    return o && !o->is_flag() && word != "--wait";
}

std::string meant_by(std::string_view word, const std::vector<std::string>& names)
{
    const auto near = nearest(word, names);
    return near ? "; did you mean `" + *near + "`?" : std::string();
}

std::vector<std::string> option_names(const command& c)
{
    std::vector<std::string> all(std::begin(valued_globals), std::end(valued_globals));
    all.insert(all.end(), std::begin(flag_globals), std::end(flag_globals));
    for (const option_spec& o : c.options)
        for (std::string_view name : split(o.names, ','))
            if (name.starts_with('-'))
                all.emplace_back(name);
    return all;
}

std::string unknown_option(const command& c, std::string_view word)
{
    const auto name = word.substr(0, word.find('='));
    if (find_option(c, name) || contains(valued_globals, name) || contains(flag_globals, name))
        return {};
    return std::string(c.name) + " has no option " + printable(name, 80) + meant_by(name, option_names(c));
}

/// What the positional arguments of a command are called, and how many there may be.
std::string count_slip(const command& c, const std::vector<std::string>& given)
{
    std::size_t least = 0, most = 0;
    std::string names;
    for (const option_spec& o : c.options)
        if (o.is_positional()) {
            least += o.required ? static_cast<std::size_t>(o.count.least) : 0;
            most += static_cast<std::size_t>(o.count.most);
            append_joined(names, " ", o.names);
        }
    if (given.size() > most)
        return std::string(c.name) + (most == 0 ? " takes no words, not even `" : " takes " + names + ", and not `") +
               printable(given[most], 80) + "`";
    return given.size() < least ? std::string(c.name) + " needs: " + names : std::string();
}

} // namespace

read_line read_words(const std::vector<std::string>& words)
{
    read_line line;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (takes_next(line.definition, word) && ++i == words.size()) {
            line.pending = line.definition ? find_option(*line.definition, word) : nullptr;
            line.pending_global = line.pending ? std::string() : word;
        } else if (takes_next(line.definition, word) || word.starts_with('-')) {
            continue;
        } else if (line.definition) {
            line.positionals.push_back(word);
        } else {
            line.definition = find_command(word);
        }
    }
    return line;
}

std::string usage_slip(const std::vector<std::string>& words)
{
    const command* c = nullptr;
    std::vector<std::string> given;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (c && word == "--wait" && i + 1 < words.size() && parse_duration(words[i + 1]))
            return "the value of --wait stands behind `=`: --wait=" + words[i + 1];
        if (takes_next(c, word)) {
            ++i;
        } else if (word.starts_with('-') && word.size() > 1) {
            if (auto slip = c ? unknown_option(*c, word) : std::string(); !slip.empty())
                return slip;
        } else if (c) {
            given.push_back(word);
        } else if (c = find_command(word); !c) {
            std::vector<std::string> names;
            for (const command& row : commands())
                if (!row.hidden)
                    names.emplace_back(row.name);
            return "there is no command `" + printable(word, 80) + "`" + meant_by(word, names);
        }
    }
    return c ? count_slip(*c, given) : std::string();
}

} // namespace ulak::ctl
