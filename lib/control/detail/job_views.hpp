// Jobs, their firings and their files, as JSON: the shapes that scripts rely on.
#pragma once

#include "engine/engine.hpp"

#include <boost/json/object.hpp>

namespace ulak::control {

/// `masked` hides numbers, and the lines of the file in its problems.
boost::json::object view(const engine::job_view& job, bool masked);
boost::json::object view(const engine::firing_view& firing);
boost::json::object view(const engine::file_change& change);

} // namespace ulak::control
