// Waiting for the end of a run.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace ulak::ctl {

using wait_deadline = std::optional<std::chrono::steady_clock::time_point>; ///< nothing: no end

/// "30s" from now. "0s", which `--wait` alone stands for, has no end.
/// - errc::invalid_argument (status 400): not a duration
result<wait_deadline> parse_wait(const std::string& text, std::string_view option = "--wait");

/// Polls until the run is over or the wait is, with a progress bar on a terminal; shows the run; its exit code, or
/// exit_wait_timeout. With -q only the value goes to standard output, and only that of a run that succeeded.
int wait_and_report(cli_context& s, boost::json::object run, wait_deadline end);

} // namespace ulak::ctl
