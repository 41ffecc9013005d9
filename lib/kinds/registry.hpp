// The kinds by name. Every function takes the kinds it looks at, so that a test can add one of its own.
#pragma once

#include "kinds/kind.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace ulak::kinds {

/// One row per kind, in the order in which help lists them.
std::span<const kind> kinds();

/// nullptr: none of them has this name.
const kind* find_kind(std::string_view name) noexcept;
const kind* find_kind(std::span<const kind> known, std::string_view name) noexcept;

/// What the loader, the JSON Schema and the manual need of them.
std::vector<job::kind_definition> kind_tables();
std::vector<job::kind_definition> kind_tables(std::span<const kind> known);

/// The declaration of an entry's kind by any of these; nullptr: it is one about a purchase.
const failure_entry* find_failure_entry(std::span<const kind> known, std::string_view entry_kind) noexcept;

} // namespace ulak::kinds
