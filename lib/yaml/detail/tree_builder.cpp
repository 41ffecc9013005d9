#include "yaml/detail/tree_builder.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"
#include "yaml/detail/character_check.hpp"
#include "yaml/detail/raw_scalar.hpp"

#include <map>
#include <string_view>

namespace ulak::yaml {

std::size_t tree_builder::offset(const YAML::Mark& mark) const
{
    if (mark.line < 0 || mark.column < 0)
        return 0;
    return source_.offset(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
}

void tree_builder::report(std::size_t offset, std::string_view code, std::string text, std::string hint)
{
    add_problem(found_, source_.problem_at(offset, code, std::move(text), std::move(hint)));
}

/// The node that the next event fills: the root, a new item, a new key or the value of the last key.
node& tree_builder::slot(std::size_t offset)
{
    if (open_.empty())
        return root_;
    auto& top = open_.back();
    if (top.container->node_kind == node::kind::list)
        return top.container->items.emplace_back();
    top.value_next = !top.value_next;
    if (!top.value_next)
        return top.container->members.back().second;
    top.key_offset = offset;
    return top.container->members.emplace_back(node{}, node{}).first;
}

node& tree_builder::fill(node::kind kind, std::size_t offset, const std::string& tag, YAML::anchor_t anchor)
{
    if (++count_ > max_nodes) {
        report(offset, codes::too_many_values, "more than " + std::to_string(max_nodes) + " values",
               "keep long lists in a CSV file");
        throw limit_exceeded();
    }
    if (anchor != 0)
        report(offset, codes::anchor, "an anchor (`&name`) is not allowed",
               "write the value in place, or quote the text");
    // The parser marks quoted scalars with the tag "!"; a tag of the file begins with that letter in the text.
    if (!tag.empty() && source_.text().substr(offset).starts_with('!'))
        report(offset, codes::tag, "a tag (`!name`) is not allowed", "quote the text; the key decides about the type");
    auto& filled = slot(offset);
    auto at = source_.at(offset);
    filled.node_kind = kind;
    filled.line = at.line;
    filled.column = at.column;
    return filled;
}

void tree_builder::open(node::kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor)
{
    auto at = offset(mark);
    if (open_.size() == max_depth) {
        report(at, codes::too_deep, "nested more than " + std::to_string(max_depth) + " levels deep",
               "a job needs no more than a few levels");
        throw limit_exceeded();
    }
    auto& opened = fill(kind, at, tag, anchor);
    open_.push_back({.container = &opened});
}

/// A key without a value is reported at the key, an empty list item at its dash.
std::size_t tree_builder::offset_of_null(std::size_t offset) const
{
    if (open_.empty())
        return offset;
    const auto& top = open_.back();
    auto written = is_written_null(source_.text(), offset);
    if (top.container->node_kind == node::kind::list) {
        auto before = last_significant_before(source_.text(), offset);
        return !written && before < source_.text().size() && source_.text()[before] == '-' ? before : offset;
    }
    if (!top.value_next)
        return offset;
    auto between = source_.text().substr(top.key_offset, offset - top.key_offset);
    return written && between.find('\n') == std::string_view::npos ? offset : top.key_offset;
}

void tree_builder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    auto at = offset(mark);
    if (anchor == 0 && !open_.empty() && open_.back().value_next)
        check_colon();
    fill(node::kind::null, anchor == 0 ? offset_of_null(at) : at, {}, anchor);
}

/// The parser gives `{a:1}` and a line without a colon as a key without a value.
void tree_builder::check_colon()
{
    const auto& key = open_.back().container->members.back().first;
    if (key.node_kind != node::kind::scalar)
        return;
    auto begin = open_.back().key_offset;
    auto text = source_.text();
    auto end = key.quoted ? end_of_quoted(text, begin) : begin + key.text.size();
    auto next = text.find_first_not_of(" \t", end.value_or(text.size()));
    if (next != std::string_view::npos && text[next] == ':')
        return;
    auto colon = key.quoted ? std::string::npos : key.text.find(':');
    auto hint = colon == std::string::npos ? "write `" + printable(key.text, 40) + ": value`"
                                           : "write " +
                                                 quoted(std::string(trim(key.text.substr(0, colon))) + ": " +
                                                        std::string(trim(key.text.substr(colon + 1)))) +
                                                 ", with a blank after the colon";
    report(begin, codes::no_colon, quoted(key.text) + " is a name without a value", std::move(hint));
}

void tree_builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t)
{
    auto at = offset(mark);
    report(at, codes::alias, "an alias (`*name`) is not allowed", "write the value in place, or quote the text");
    fill(node::kind::null, at, {}, 0);
}

void tree_builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                            const std::string& value)
{
    auto at = offset(mark);
    auto& scalar = fill(node::kind::scalar, at, tag, anchor);
    scalar.quoted = tag == "!";
    scalar.text = value;
    check_scalar(at, scalar);
}

void tree_builder::check_scalar(std::size_t offset, const node& scalar)
{
    auto text = source_.text();
    auto first = offset < text.size() ? text[offset] : ' ';
    if (scalar.quoted && (first == '"' || first == '\'') && !end_of_quoted(text, offset)) {
        report(offset, codes::open_quote, "this quote is never closed", "close the quote");
        throw limit_exceeded();
    }
    if (has_control_character(scalar.text) || !is_valid_utf8(scalar.text))
        report(offset, codes::control_character, "the text holds a control character",
               "leave out escapes such as \\0 or \\a");
    if (scalar.quoted || text.substr(offset).starts_with(scalar.text))
        return;
    if (auto glued = swallowed_item(text, offset, scalar.text))
        report(*glued, codes::glued_item, "this `- ` is read as part of the text above",
               "give list items the same indentation, below their key; or quote the text");
}

void tree_builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                   YAML::EmitterStyle::value)
{
    open(node::kind::list, mark, tag, anchor);
}

void tree_builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value)
{
    open(node::kind::map, mark, tag, anchor);
}

void tree_builder::OnMapEnd()
{
    auto& map = *open_.back().container;
    close();
    drop_invalid_members(map);
}

/// Leaves each key once, as a text, so that no reader has to look for others.
void tree_builder::drop_invalid_members(node& map)
{
    std::map<std::string_view, const node*> seen;
    auto complaint = [&](const node& key, std::string_view code, std::string text, std::string hint) {
        add_problem(found_, source_.problem_at_line(key.line, key.column, code, std::move(text), std::move(hint)));
    };
    std::vector<std::pair<node, node>> kept;
    kept.reserve(map.members.size());
    for (auto& member : map.members) {
        const auto& key = member.first;
        if (key.node_kind != node::kind::scalar)
            complaint(key, codes::key_not_text, "a key must be a name", "quote it, if it is meant as a text");
        else if (key.text == "<<" && !key.quoted)
            complaint(key, codes::merge_key, "merge keys (`<<`) are not allowed", "write the keys in place");
        else if (auto [it, fresh] = seen.try_emplace(key.text, nullptr); !fresh)
            complaint(key, codes::duplicate_key,
                      quoted(key.text) + " was already given in line " + std::to_string(it->second->line) +
                          ", column " + std::to_string(it->second->column),
                      "keep one of the two");
        else {
            kept.push_back(std::move(member));
            seen.erase(it);
            seen.emplace(kept.back().first.text, &kept.back().first);
        }
    }
    map.members = std::move(kept);
}

} // namespace ulak::yaml
