// Parts of the daemon's answers as operators read them.
#pragma once

#include "ulakctl/cli_context.hpp"
#include "ulakctl/table.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>

namespace ulak::ctl {

table accounts_table(const boost::json::array& accounts);
table firings_table(const boost::json::array& firings);
/// "ok", "disabled", "paused" or "broken".
std::string job_state(const boost::json::object& job);
/// One line for each member; lists of objects get a line for each entry.
void print_plan(const cli_context& s, const boost::json::object& plan);
/// As `check` prints them: place, line, caret, hint.
void print_problems(const cli_context& s, const boost::json::array& problems);

} // namespace ulak::ctl
