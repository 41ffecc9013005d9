// What the daemon answers, as people read it: values, amounts, times.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace ulak::ctl {

/// A value as a cell: texts as they are, null as "-", objects {"amount","unit"} as "4.00 TRY".
std::string cell(const boost::json::value* v);
std::string cell(const boost::json::object& o, std::string_view key);
/// "2026-11-22 12:00:01 +03:00" in the machine's own zone, from RFC 3339.
std::string local_time(const boost::json::object& o, std::string_view key);
/// The same for a table: "12:00:01" today, "11-22 12:00" this year, else "2026-11-22".
std::string short_time(const boost::json::object& o, std::string_view key);

/// The head of a column of those: "STARTED (+03:00)".
std::string time_head(std::string_view head);

/// Of a time that says its offset, as it stands: "11-23 09:00 +03:00" this year, else with the year.
std::string zone_time(const boost::json::object& o, std::string_view key);

/// What is wrong with the store, from /v1/status: "the store is held: …". Empty: nothing.
std::string store_problem(const boost::json::object& status);
/// Why the daemon does not trust the machine's clock; empty: it does.
std::string clock_problem(const boost::json::object& status);

} // namespace ulak::ctl
