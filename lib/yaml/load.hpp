// Reads files that people write and that may be anything: a folder, a FIFO, a dangling link.
#pragma once

#include "core/file_fence.hpp"
#include "yaml/document.hpp"
#include "yaml/problem.hpp"

#include <optional>
#include <string>

namespace ulak::yaml {

/// The bytes of a file. A folder, FIFO, socket or device, a dangling link, an unreadable file: each its own problem on
/// line 0, and nullopt. Never blocks. Reads no more of a file than shows that it is too large for `parse`. That others
/// can write to the file is a problem of the level `open_to_others`, and the bytes come all the same.
std::optional<std::string> read_file(const std::string& path, problems& found,
                                     severity open_to_others = severity::warning);

/// The same of an absolute path, and only where the fence lets it lie.
std::optional<std::string> read_file(const std::string& path, const file_fence& fence, problems& found,
                                     severity open_to_others = severity::warning);

/// Reads and parses. nullopt as for either.
std::optional<document> load(const std::string& path, problems& found);

} // namespace ulak::yaml
