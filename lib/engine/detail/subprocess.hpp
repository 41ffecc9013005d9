// A program started without a shell, with a text on its standard input.
#pragma once

#include "async/clock.hpp"
#include "core/error.hpp"

#include <string>
#include <vector>

namespace ulak::engine {

/// Runs the program in a process group of its own, with a clean environment and nothing open but the three standard
/// descriptors: output goes to /dev/null, errors where the daemon's go. Success: it left with 0. The process is always
/// reaped. Errors:
///   not_found, forbidden  it cannot be started
///   timed_out, cancelled  it did not end in time; its group was killed
///   transient             it left with another status, or by a signal
task<result<void>> run_program(executor ex, async::clock& time, std::vector<std::string> arguments, std::string input,
                               async::steady_point deadline);

} // namespace ulak::engine
