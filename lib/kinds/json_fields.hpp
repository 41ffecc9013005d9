// Fields of the JSON that kinds store as progress and show as counts. A field that is missing or of another type reads
// as empty, 0, false or nullopt.
#pragma once

#include "core/error.hpp"
#include "core/money.hpp"
#include "ledger/ledger.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::kinds {

/// "" and "{}" are an empty object. errc::contract: the text is no object.
result<boost::json::object> parse_object(std::string_view text);

std::string text_field(const boost::json::object& o, std::string_view key);
std::int64_t integer_field(const boost::json::object& o, std::string_view key);
bool bool_field(const boost::json::object& o, std::string_view key);
std::optional<money> money_field(const boost::json::object& o, std::string_view key); ///< "8.00 TRY"
void put_money(boost::json::object& o, std::string_view key, const std::optional<money>& m);

/// `counts` of a run. Items on their way to the provider count as pending, so that the sum is always the total.
boost::json::object counts_json(const ledger::item_counts& counts);

} // namespace ulak::kinds
