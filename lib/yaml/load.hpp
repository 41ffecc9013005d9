// Reads files that people write and that may be anything: a folder, a FIFO, a dangling link.
#pragma once

#include "yaml/document.hpp"
#include "yaml/problem.hpp"

#include <optional>
#include <string>

namespace ulak::yaml {

/// The bytes of a file. A folder, FIFO, socket or device, a dangling link, an unreadable file: each its own problem on
/// line 0, and nullopt. Never blocks. Reads no more of a file than shows that it is too large for `parse`.
std::optional<std::string> read_file(const std::string& path, problems& found);

/// Reads and parses. nullopt as for either.
std::optional<document> load(const std::string& path, problems& found);

} // namespace ulak::yaml
