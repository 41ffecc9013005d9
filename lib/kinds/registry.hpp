// The kinds by name. Every function takes the kinds it looks at, so that a test can add one of its own.
#pragma once

#include "kinds/kind.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace ulak::kinds {

/// nullptr: none of them has this name.
const kind* find_kind(std::span<const kind> known, std::string_view name) noexcept;

/// What the loader, the JSON Schema and the manual need of them.
std::vector<job::kind_definition> kind_tables(std::span<const kind> known);

} // namespace ulak::kinds
