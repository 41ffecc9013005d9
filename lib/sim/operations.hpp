// Every call that the simulator answers, by the documents' names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// Of one protocol by its full name; "*": of all.
std::vector<std::string> operations_of(std::string_view protocol);

} // namespace ulak::sim
