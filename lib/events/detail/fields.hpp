// The fields that every event may have, in the order in which they are written.
#pragma once

#include "events/event.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace ulak::events {

using text_field = std::pair<std::string_view, std::string_view>;

inline std::array<text_field, 6> standard_fields(const event& e) noexcept
{
    return {{{"job", e.job},
             {"run", e.run},
             {"kind", e.kind},
             {"account", e.account},
             {"provider", e.provider},
             {"item", e.item}}};
}

/// Whether an event's own field of this name is left out, because it would pass for the event's identity.
inline bool is_reserved(std::string_view key) noexcept
{
    static constexpr std::array<std::string_view, 11> names = {"seq", "time", "level",   "event",    "message", "job",
                                                               "run", "kind", "account", "provider", "item"};
    return std::ranges::find(names, key) != names.end();
}

} // namespace ulak::events
