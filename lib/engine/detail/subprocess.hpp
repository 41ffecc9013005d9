// A program started without a shell, with a text on its standard input.
#pragma once

#include "async/clock.hpp"
#include "core/error.hpp"

#include <string>
#include <vector>

namespace ulak::engine {

/// Runs the program in a process group of its own, with a clean environment and nothing open but the three standard
/// descriptors (output goes to /dev/null, errors where the daemon's go). Success: it left with 0. Errors:
/// errc::not_found and errc::forbidden where it cannot be started, errc::timed_out at the deadline (the group was
/// killed), errc::cancelled likewise, errc::transient for another exit status. The child is always reaped.
task<result<void>> run_program(executor ex, async::clock& time, std::vector<std::string> arguments, std::string input,
                               async::steady_point deadline);

} // namespace ulak::engine
