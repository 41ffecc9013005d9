#include "kinds/json_fields.hpp"

#include "core/json_text.hpp"

#include <limits>

namespace ulak::kinds {

namespace json = boost::json;

result<json::object> parse_object(std::string_view text)
{
    if (text.empty())
        return json::object();
    auto parsed = parse_json(text);
    if (!parsed || !parsed->is_object())
        return error(errc::contract, "the run's progress cannot be read");
    return std::move(parsed->get_object());
}

std::string text_field(const json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::int64_t integer_field(const json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    if (v && v->is_int64())
        return v->get_int64();
    // What 64 bits do not hold is written by no version of ours: the largest number, never a negative one.
    return v && v->is_uint64() ? std::numeric_limits<std::int64_t>::max() : 0;
}

bool bool_field(const json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_bool() && v->get_bool();
}

std::optional<money> money_field(const json::object& o, std::string_view key)
{
    const std::string text = text_field(o, key);
    auto m = money::parse(text);
    return m ? std::optional<money>(*m) : std::nullopt;
}

void put_money(json::object& o, std::string_view key, const std::optional<money>& m)
{
    if (m)
        o[key] = m->text();
}

json::object counts_json(const ledger::item_counts& counts)
{
    using enum ledger::item_state;
    const auto n = [&](ledger::item_state s) { return counts.by_state[static_cast<std::size_t>(s)]; };
    std::int64_t total = 0;
    for (const std::int64_t of_state : counts.by_state)
        total += of_state;
    json::object o;
    o["total"] = total;
    o["pending"] = n(pending) + n(submitting);
    o["skipped"] = n(skipped);
    o["submitted"] = n(submitted);
    o["delivered"] = n(delivered);
    o["undelivered"] = n(undelivered);
    o["rejected"] = n(rejected);
    o["ambiguous"] = n(ambiguous);
    o["segments"] = counts.segments;
    return o;
}

} // namespace ulak::kinds
