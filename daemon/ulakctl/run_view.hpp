// A run as an operator sees it.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace ulak::ctl {

/// The value that a script wants: a code, an order; else the state.
std::string result_value(const boost::json::object& run);
/// "paused (waits for window until 09:00:00)".
std::string run_state_text(const boost::json::object& run);

void print_run(const cli_context& s, const boost::json::object& run);

} // namespace ulak::ctl
