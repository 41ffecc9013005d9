// The next firings of a job, each with its reason and with what will keep it from running. Pure.
#pragma once

#include "engine/catalog.hpp"
#include "engine/engine_views.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::engine {

struct upcoming_query {
    std::string job;
    bool paused = false;
    wall_point watermark; ///< firings up to here are decided
    wall_point from;      ///< the first firing at or after this
    std::size_t limit = 1;
};

/// Soonest first. Empty for a job on demand.
std::vector<firing_view> upcoming_firings(const loaded_job& job, const upcoming_query& query);

} // namespace ulak::engine
