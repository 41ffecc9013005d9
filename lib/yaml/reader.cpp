#include "yaml/reader.hpp"

#include "yaml/parse.hpp"
#include "yaml/scalar.hpp"
#include "yaml/scalar_check.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

namespace ulak::yaml {
namespace {

const shape& expect_type(const shape& found, [[maybe_unused]] std::initializer_list<type> allowed)
{
    assert(std::ranges::find(allowed, found.value_type) != allowed.end());
    return found;
}

/// The written value if it fits, else the table's default, else nothing.
template<class Read>
auto value_or_default(const shape& s, const node* value, Read read) -> decltype(read(std::string_view()))
{
    if (value != nullptr && value->node_kind == node::kind::scalar && !check_scalar(s, value->text))
        return read(value->text);
    return s.default_value ? read(*s.default_value) : std::nullopt;
}

template<class T>
std::optional<T> to_optional(const result<T>& r)
{
    return r ? std::optional<T>(*r) : std::nullopt;
}

std::vector<std::string> valid_scalars(const shape& item, const node& list)
{
    std::vector<std::string> out;
    for (const auto& i : list.items)
        if (i.node_kind == node::kind::scalar && !check_scalar(item, i.text))
            out.push_back(i.text);
    return out;
}

std::vector<std::string> default_texts(const shape& s)
{
    problems found;
    auto parsed = s.default_value ? parse(*s.default_value, "", found) : std::nullopt;
    assert(found.empty());
    return parsed ? valid_scalars(*s.item, parsed->root) : std::vector<std::string>();
}

} // namespace

reader::reader(std::shared_ptr<const document> doc, shape_ptr expected)
    : doc_(std::move(doc)), shape_(std::move(expected)), node_(&doc_->root)
{}

reader::reader(std::shared_ptr<const document> doc, shape_ptr expected, const node* at)
    : doc_(std::move(doc)), shape_(std::move(expected)), node_(at)
{}

const key& reader::key_of(std::string_view name) const
{
    auto it = std::ranges::find(shape_->keys, name, &key::name);
    if (it == shape_->keys.end())
        throw std::logic_error("the table has no key " + std::string(name));
    return *it;
}

const node* reader::value_of(std::string_view name) const
{
    key_of(name);
    if (node_ == nullptr)
        return nullptr;
    if (node_->node_kind == node::kind::scalar)
        return name == shape_->short_form ? node_ : nullptr;
    auto found = node_->node_kind == node::kind::map ? node_->find(name) : nullptr;
    return found != nullptr && found->node_kind != node::kind::null ? found : nullptr;
}

bool reader::has(std::string_view key) const
{
    return value_of(key) != nullptr;
}

bool reader::has_name(std::string_view key) const
{
    return node_ != nullptr && node_->node_kind == node::kind::map && node_->find(key) != nullptr;
}

bool reader::has_valid(std::string_view key) const
{
    const auto& s = *key_of(key).value;
    auto value = value_of(key);
    if (value == nullptr)
        return false;
    switch (s.value_type) {
    case type::any: return true;
    case type::secret: return !check_secret(*value);
    case type::list: return value->node_kind == node::kind::list;
    case type::map: return value->node_kind == node::kind::map;
    case type::record:
        return value->node_kind == node::kind::map || (value->node_kind == node::kind::scalar && !s.short_form.empty());
    default: return value->node_kind == node::kind::scalar && !check_scalar(s, value->text);
    }
}

std::string reader::text(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::text, type::template_text, type::choice});
    auto read = [](std::string_view t) { return std::optional(std::string(t)); };
    return value_or_default(s, value_of(key), read).value_or(std::string());
}

std::int64_t reader::integer(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::integer});
    return value_or_default(s, value_of(key), read_integer).value_or(0);
}

bool reader::boolean(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::boolean});
    return value_or_default(s, value_of(key), read_boolean).value_or(false);
}

std::chrono::milliseconds reader::duration(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::duration});
    auto read = [](std::string_view t) { return to_optional(parse_duration(t)); };
    return value_or_default(s, value_of(key), read).value_or(std::chrono::milliseconds(0));
}

money reader::amount(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::amount});
    auto read = [](std::string_view t) { return to_optional(money::parse(t)); };
    return value_or_default(s, value_of(key), read).value_or(money());
}

rate_value reader::rate(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::rate});
    return value_or_default(s, value_of(key), read_rate).value_or(rate_value());
}

secret_reference reader::secret(std::string_view key) const
{
    expect_type(*key_of(key).value, {type::secret});
    using source = secret_reference::source;
    auto value = value_of(key);
    if (value == nullptr || check_secret(*value))
        return {.from = source::none, .value = {}, .at = place_of(key)};
    if (value->node_kind == node::kind::scalar)
        return {.from = source::literal, .value = value->text, .at = place_of(key)};
    const auto& [kind, name] = value->members.front();
    auto from = kind.text == "secret" ? source::named : kind.text == "file" ? source::file : source::environment;
    return {.from = from, .value = name.text, .at = place_of(key)};
}

std::vector<std::string> reader::texts(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::list});
    auto value = value_of(key);
    return value != nullptr && value->node_kind == node::kind::list ? valid_scalars(*s.item, *value) : default_texts(s);
}

reader reader::record(std::string_view key) const
{
    const auto& shape = key_of(key).value;
    expect_type(*shape, {type::record});
    return reader(doc_, shape, value_of(key));
}

std::vector<reader> reader::records(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::list});
    std::vector<reader> out;
    if (auto value = value_of(key); value != nullptr)
        for (const auto& item : value->items)
            out.push_back(reader(doc_, s.item, &item));
    return out;
}

std::vector<std::pair<std::string, reader>> reader::entries(std::string_view key) const
{
    const auto& s = expect_type(*key_of(key).value, {type::map});
    std::vector<std::pair<std::string, reader>> out;
    if (auto value = value_of(key); value != nullptr)
        for (const auto& [name, inner] : value->members)
            out.emplace_back(name.text, reader(doc_, s.item, &inner));
    return out;
}

const node* reader::raw_node(std::string_view key) const
{
    return value_of(key);
}

place reader::place_of(std::string_view key) const
{
    auto value = value_of(key);
    return value == nullptr ? place_of_record() : place{doc_->file, value->line, value->column};
}

place reader::place_of_record() const
{
    const auto& shown = node_ == nullptr ? doc_->root : *node_;
    return {doc_->file, shown.line, shown.column};
}

place reader::place_of_item(std::string_view key, std::size_t index) const
{
    auto value = value_of(key);
    if (value == nullptr || index >= value->items.size())
        return place_of(key);
    return {doc_->file, value->items[index].line, value->items[index].column};
}

problem reader::problem_at(std::string_view key, std::string code, std::string text, std::string hint) const
{
    return problem_at_place(place_of(key), std::move(code), std::move(text), std::move(hint));
}

problem reader::problem_at_place(place where, std::string code, std::string text, std::string hint) const
{
    auto line = where.file == doc_->file ? shown_line(doc_->source, where.line) : std::string();
    return {std::move(where), severity::error, std::move(code), std::move(text), std::move(hint), std::move(line)};
}

} // namespace ulak::yaml
