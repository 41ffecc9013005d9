// The recipients of a run.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <boost/json/array.hpp>

#include <cstdint>
#include <string>

namespace ulak::ctl {

/// Every recipient of a run, in their order, read page by page; only those in `states` if it is not empty.
result<boost::json::array> all_items(cli_context& s, const std::string& run, const std::string& states);
/// A whole number; 0 where there is none.
std::int64_t integer_of(const boost::json::object& o, const char* key);

/// The same as CSV on standard output, a page at a time, however long the list. Returns the exit code.
int print_items_csv(cli_context& s, const std::string& run, const std::string& states);

} // namespace ulak::ctl
