// How every request reaches its operation, whatever the protocol.
#pragma once

#include "sim/detail/call.hpp"

#include <string>

namespace ulak::sim {

/// Finds the operation that the request asks for and keeps it in the call; null where the document has none. Some
/// protocols read the body for it.
void find_operation(call& c);

/// Checks the request and runs its operation. `find_operation` was called before.
http::reply dispatch(call& c);

/// The path of the request for the log, without secrets.
std::string safe_path(const call& c);

/// Whether the segments of a path are those of a pattern like "orders/*".
bool matches_pattern(std::string_view pattern, const std::vector<std::string>& path);

} // namespace ulak::sim
