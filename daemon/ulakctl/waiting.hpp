// A run as a person sees it, and waiting for its end.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace ulak::ctl {

using wait_deadline = std::optional<std::chrono::steady_clock::time_point>; ///< nothing: for ever

/// "30s" from now; "0s", which `--wait` alone stands for, has no end. errc::invalid_argument for anything else.
result<wait_deadline> parse_wait(const std::string& text);

/// Watches until the run is over or the wait is, with a bar on a terminal; shows it; the exit code that fits.
/// With -q nothing but the value goes to standard output, and only that of a run that succeeded.
int wait_and_report(cli_context& s, boost::json::object run, wait_deadline end);

/// The value that a script wants: a code, an order, a balance; else the state.
std::string result_value(const boost::json::object& run);

void print_run(const cli_context& s, const boost::json::object& run);

} // namespace ulak::ctl
