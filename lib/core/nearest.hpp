// The name that was probably meant, for hints such as "did you mean `schedule`?".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ulak {

/// The candidate with the fewest edits (a letter more, less, changed, or two exchanged; case counts for nothing), the
/// first of equals. nullopt if even that needs more edits than a third of the word, or one: then it is no slip.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

} // namespace ulak
