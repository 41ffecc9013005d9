// A program started without a shell, with a text on its standard input.
#pragma once

#include "async/clock.hpp"
#include "core/error.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace ulak::engine {

/// Programs that could not be killed; while so many run, no other is started.
inline constexpr std::size_t max_left_children = 4;

/// Runs the program in a session and process group of its own, with a clean environment and nothing open but the three
/// standard descriptors. Its output goes to /dev/null; of its errors the first 4 KiB are kept, and their beginning
/// stands in the message of a failure. Success: it left with 0, whatever it started and left behind. The loop never
/// waits for it, nor for anybody who holds its pipes open. What leaves its group (by setsid) is not followed: systemd
/// ends it with the daemon's cgroup. Errors:
///   not_found, forbidden  it cannot be started
///   timed_out, cancelled  it did not end in time; its group was killed
///   transient             it left with another status, or by a signal
///   unavailable           the machine refuses; or it can neither be waited for nor killed, and was given up, or too
///                         many such programs run
task<result<void>> run_program(executor ex, async::clock& time, std::vector<std::string> arguments, std::string input,
                               async::steady_point deadline);

} // namespace ulak::engine
