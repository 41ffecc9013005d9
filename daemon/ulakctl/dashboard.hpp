// What `ulakctl top` shows, as lines; pure, so that every size of terminal can be tried without one.
#pragma once

#include "ulakctl/screen.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace ulak::ctl {

/// The answers that one picture is made of.
struct dashboard_data {
    boost::json::object status{};   ///< GET /v1/status
    boost::json::array runs{};      ///< GET /v1/runs?state=running,queued,paused
    boost::json::array attention{}; ///< GET /v1/attention
};

/// At most `height` lines, none wider than the screen. Where there is too little room the sections are cut and say how
/// many rows are missing; what needs a person is cut last.
std::vector<std::string> render(const dashboard_data& seen, const screen& s, std::size_t height,
                                std::chrono::system_clock::time_point now);

} // namespace ulak::ctl
