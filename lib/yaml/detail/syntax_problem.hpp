// yaml-cpp's messages in words that say what to do.
#pragma once

#include "yaml/source_text.hpp"

#include <string>

namespace ulak::yaml {

/// `message` is yaml-cpp's, at a byte. Tabs in the indentation of that line are told first: they cause messages about
/// something else.
problem syntax_problem(const source_text& source, std::size_t offset, const std::string& message);

} // namespace ulak::yaml
