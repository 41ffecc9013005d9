// Advice in place of yaml-cpp's messages.
#pragma once

#include "yaml/source_text.hpp"

#include <string>

namespace ulak::yaml {

/// The problem for yaml-cpp's `message` about the byte at `offset`. A tab in the indentation of that line is reported
/// in its place, since it causes messages about something else.
problem syntax_problem(const source_text& source, std::size_t offset, const std::string& message);

} // namespace ulak::yaml
