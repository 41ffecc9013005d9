// Helpers of the questions: lines into vectors, lists of states into one parameter. Private to the room.
#pragma once

#include "ledger/detail/database.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <limits>
#include <vector>

namespace ulak::ledger {

/// One record per line, each read by `read(row)`.
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

inline std::int64_t to_limit(std::size_t limit) noexcept
{
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(limit < most ? limit : most);
}

/// A JSON array for json_each: "running" and "paused" as texts.
template<class State>
std::string json_names(const std::vector<State>& states)
{
    std::string json = "[";
    for (const auto s : states)
        json += (json.size() > 1 ? ",\"" : "\"") + std::string(name(s)) + '"';
    return json + ']';
}

/// The same as numbers.
template<class State>
std::string json_numbers(const std::vector<State>& states)
{
    std::string json = "[";
    for (const auto s : states)
        json += (json.size() > 1 ? "," : "") + std::to_string(static_cast<int>(s));
    return json + ']';
}

/// Of texts that may hold anything.
inline std::string json_texts(const std::vector<std::string>& texts)
{
    boost::json::array all;
    for (const std::string& t : texts)
        all.emplace_back(t);
    return boost::json::serialize(all);
}

} // namespace ulak::ledger
