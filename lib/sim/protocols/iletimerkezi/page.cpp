#include "sim/protocols/iletimerkezi/page.hpp"

namespace ulak::sim::iletimerkezi {
namespace {

/// A whole number or its text; nullopt if it is neither.
std::optional<std::uint64_t> read_whole_number(const boost::json::object& o, std::string_view key,
                                               std::uint64_t fallback)
{
    auto* v = o.if_contains(key);
    if (!v || v->is_null() || (v->is_string() && v->as_string().empty()))
        return fallback;
    if (v->is_string())
        return parse_id(std::string_view(v->as_string()));
    if (v->is_int64() && v->as_int64() >= 0)
        return static_cast<std::uint64_t>(v->as_int64());
    return std::nullopt;
}

} // namespace

std::optional<page> read_page(call& c, const boost::json::object& in, std::size_t rows)
{
    auto number = read_whole_number(in, "page", 1);
    auto count = read_whole_number(in, "rowCount", rows);
    if (!number || *number == 0)
        c.add_mistake("\"page\" is no whole number from 1");
    if (!count || *count == 0 || *count > max_rows)
        c.add_mistake("\"rowCount\" is no whole number from 1 to 1000");
    if (!number || *number == 0 || !count || *count == 0)
        return std::nullopt;
    return page{static_cast<std::size_t>(*number), static_cast<std::size_t>(*count)};
}

} // namespace ulak::sim::iletimerkezi
