// Starts a program without a shell.
#pragma once

#include "core/error.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace ulak::engine {

/// The process leads a session and process group of its own, has a clean environment and nothing open but the three
/// standard descriptors: input and errors are those given, output goes to /dev/null. The caller reaps it. Errors:
///   not_found, forbidden  there is no such program, or it cannot be run
///   unavailable           the machine refuses
result<pid_t> spawn_program(const std::vector<std::string>& arguments, int input, int errors);

} // namespace ulak::engine
