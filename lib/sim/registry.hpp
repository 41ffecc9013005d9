// The table of the protocols that the simulator speaks. One more protocol is a folder below protocols/ and a row here.
#pragma once

#include "sim/protocol_descriptor.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// Every protocol, in the order in which pages and files list them. The rows live as long as the program.
std::span<const protocol_descriptor* const> protocols();

/// By its name or its short name; null if there is none.
const protocol_descriptor* find_protocol(std::string_view name);
/// By the address of a request, with or without a query; null if no protocol has it.
const protocol_descriptor* protocol_at(std::string_view target);

/// The documents' names of the calls of one protocol by its full name; "*": of all.
std::vector<std::string> operation_names(std::string_view protocol);

/// The credential that an option names; null if no protocol has it.
const credential* find_credential(std::string_view option);

/// Whether `target` is `base` itself or an address below it.
bool is_below(std::string_view target, std::string_view base);

} // namespace ulak::sim
