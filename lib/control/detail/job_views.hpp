// Jobs, their firings and their files, as JSON: the shapes that scripts rely on.
#pragma once

#include "engine/engine.hpp"

#include <boost/json/object.hpp>

namespace ulak::control {

boost::json::object view(const engine::job_view& job);
boost::json::object view(const engine::firing_view& firing);
boost::json::object view(const engine::file_change& change);

} // namespace ulak::control
