// Collects the rows of a query, and passes lists to one as a single parameter. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <limits>
#include <vector>

namespace ulak::ledger {

/// One record per row, each made by `read(row)`.
template<class Read, class... Value>
auto collect(database& db, std::string_view sql, Read read, const Value&... values)
    -> result<std::vector<decltype(read(std::declval<const row&>()))>>
{
    std::vector<decltype(read(std::declval<const row&>()))> found;
    auto keep = [&](const row& r) { found.push_back(read(r)); };
    if (auto seen = db.for_each_row(sql, keep, values...); !seen)
        return seen.error();
    return found;
}

/// A limit as SQLite takes it; the largest one means none.
inline std::int64_t to_limit(std::size_t limit) noexcept
{
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(limit < most ? limit : most);
}

/// The names of states as a JSON array for json_each: ["running","paused"].
template<class State>
std::string json_names(const std::vector<State>& states)
{
    std::string json = "[";
    for (const auto s : states)
        json += (json.size() > 1 ? ",\"" : "\"") + std::string(name(s)) + '"';
    return json + ']';
}

/// The numbers of states: [0,2].
template<class State>
std::string json_numbers(const std::vector<State>& states)
{
    std::string json = "[";
    for (const auto s : states)
        json += (json.size() > 1 ? "," : "") + std::to_string(static_cast<int>(s));
    return json + ']';
}

/// Any texts, quoted and escaped.
inline std::string json_texts(const std::vector<std::string>& texts)
{
    boost::json::array all;
    for (const std::string& t : texts)
        all.emplace_back(t);
    return boost::json::serialize(all);
}

} // namespace ulak::ledger
