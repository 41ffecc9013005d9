// Text to a document, with every problem at its place.
#pragma once

#include "yaml/document.hpp"
#include "yaml/problem.hpp"

#include <optional>
#include <string>

namespace ulak::yaml {

/// Parses one document. Reports every problem with its place: syntax, tabs, a second document, anchors and aliases,
/// tags, merge keys, duplicate keys, depth, size, bytes that are not UTF-8, control characters, slips such as "{a:1}".
/// nullopt if the text is not usable. A slip that leaves the rest readable (duplicate key, anchor, tag …) is an error
/// in `found`, and the document comes back without it, so that `check` can add its own problems: ask has_errors().
std::optional<document> parse(std::string text, std::string file, problems& found);

} // namespace ulak::yaml
