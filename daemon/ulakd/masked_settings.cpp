#include "ulakd/masked_settings.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <optional>

namespace ulak::daemon {

namespace {

constexpr std::size_t longest_name = 31;   ///< tokens and keys are longer
constexpr std::size_t shortest_mixed = 12; ///< from here on letters and digits without a break are no name
constexpr std::size_t shortest_hidden = 4; ///< shorter pieces are in every message
constexpr std::string_view separators = " \t,:{}[]\"'";

/// Ways to say where a secret is; what follows is a name or a path, not the secret.
constexpr std::string_view reference_keys[] = {"secret", "file", "env"};

bool is_word(char c) noexcept
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

bool is_variable(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

using names = std::set<std::string, std::less<>>;

void collect(const yaml::shape& table, names& all, names& shown)
{
    for (const yaml::key& k : table.keys) {
        all.insert(k.name);
        if (k.value->value_type != yaml::type::secret)
            shown.insert(k.name);
        collect(*k.value, all, shown);
    }
    if (table.item)
        collect(*table.item, all, shown);
}

struct found_key {
    std::size_t begin = 0, end = 0; ///< end: behind the colon
};

/// The next `key:` from `from` on: a word at the beginning of the line or behind a separator, its colon before a blank
/// or the end.
std::optional<found_key> next_key(std::string_view line, std::size_t from)
{
    for (auto colon = line.find(':', from); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
        if (colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\t' && line[colon + 1] != '{' &&
            line[colon + 1] != '[')
            continue;
        auto end = colon;
        while (end > from && (line[end - 1] == '"' || line[end - 1] == '\'' || line[end - 1] == ' '))
            --end;
        auto begin = end;
        while (begin > from && is_word(line[begin - 1]))
            --begin;
        if (begin < end && (begin == 0 || separators.find(line[begin - 1]) != std::string_view::npos))
            return found_key{begin, colon + 1};
    }
    return std::nullopt;
}

std::string starred(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (separators.find(text[i]) != std::string_view::npos || text[i] == '-')
            out += text[i];
        else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
            out += '*';
    return out;
}

/// The parts of a line: what is shown as it is, and what is not.
using visitor = std::function<void(std::string_view part, bool shown)>;

/// A value of a known key ends with the first comma of a flow; what follows without a key of its own is not its.
std::size_t end_of_value(std::string_view value)
{
    const auto first = value.find_first_not_of(" \t");
    if (first == std::string_view::npos || value[first] == '[' || value[first] == '"' || value[first] == '\'')
        return value.size();
    return std::min(value.find(','), value.size());
}

} // namespace

bool looks_like_token(std::string_view name)
{
    const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    const auto letter = [](unsigned char c) { return std::isalpha(c) != 0; };
    const bool unbroken = name.find_first_of("-_./") == std::string_view::npos;
    const bool mixed = std::ranges::any_of(name, digit) && std::ranges::any_of(name, letter);
    const bool plain = std::ranges::all_of(
        name, [&](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '/'; });
    return name.size() > longest_name || !plain || (unbroken && mixed && name.size() >= shortest_mixed);
}

namespace {

void visit(std::string_view line, const names& shown, const visitor& see)
{
    std::size_t at = 0;
    bool known = false, reference = false, variable = false;
    const auto value = [&](std::string_view text) {
        const auto bare = trim(text.substr(0, text.find_first_of(",}")));
        const bool container = bare.empty() || bare.front() == '{' || bare.front() == '#';
        if (container && !known) { // what it holds without a key of its own is no name that is known
            const auto end = std::min(text.find_first_not_of(" \t{"), text.size());
            see(text.substr(0, end), true);
            see(text.substr(end), false);
        } else if (known) {
            const auto end = end_of_value(text);
            see(text.substr(0, end), true);
            see(text.substr(end), false);
        } else {
            see(text, reference && !looks_like_token(bare) && (!variable || is_variable(bare)));
        }
    };
    for (auto key = next_key(line, 0); key; key = next_key(line, at)) {
        if (at == 0)
            see(line.substr(0, key->begin), false);
        else
            value(line.substr(at, key->begin - at));
        const auto word = trim(line.substr(key->begin, key->end - key->begin - 1));
        const auto name = word.substr(0, word.find_last_not_of("\"'") + 1);
        const bool in_braces = trim(line.substr(0, key->begin)).ends_with('{');
        see(line.substr(key->begin, key->end - key->begin), !looks_like_token(name));
        known = shown.contains(name) && !(in_braces && name == "file");
        reference = in_braces && std::ranges::find(reference_keys, name) != std::end(reference_keys);
        variable = name == "env";
        at = key->end;
    }
    if (at == 0)
        see(line, false);
    else
        value(line.substr(at));
}

} // namespace

settings_mask::settings_mask(std::string_view file, const yaml::shape& table)
{
    names all(std::begin(reference_keys), std::end(reference_keys));
    collect(table, all, shown_);
    for (std::string_view line : split(file, '\n'))
        visit(line, shown_, [&](std::string_view part, bool shown) {
            while (!shown && !part.empty()) {
                const auto end = std::min(part.find_first_of(separators), part.size());
                const auto piece = part.substr(0, end);
                if (piece.size() >= shortest_hidden && !all.contains(piece))
                    hidden_.emplace_back(piece);
                part.remove_prefix(std::min(end + 1, part.size()));
            }
        });
    std::ranges::sort(hidden_, [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string settings_mask::line(std::string_view text) const
{
    std::string out;
    visit(text, shown_, [&](std::string_view part, bool shown) { out += shown ? std::string(part) : starred(part); });
    return out;
}

void settings_mask::apply(yaml::problem& p) const
{
    p.source = line(p.source);
    for (std::string* shown : {&p.text, &p.hint})
        for (const std::string& word : hidden_)
            for (auto at = shown->find(word); at != std::string::npos; at = shown->find(word, at + 3))
                shown->replace(at, word.size(), "***");
}

} // namespace ulak::daemon
