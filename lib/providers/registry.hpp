// The protocols that Ulak speaks, one row each.
#pragma once

#include "providers/protocol_descriptor.hpp"

#include <span>
#include <string_view>

namespace ulak::providers {

/// A table of protocols. Functions that look something up in one take it as their last parameter; the built-in table is
/// the default, and tests hand in their own.
using protocol_table = std::span<const protocol_descriptor>;

/// The built-in table. Lives as long as the process.
protocol_table protocols();

/// Null: no protocol of that name. The row lives as long as the table.
const protocol_descriptor* find_protocol(std::string_view name, protocol_table table = protocols()) noexcept;

} // namespace ulak::providers
