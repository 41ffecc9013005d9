// How far a run is, as a bar.
#pragma once

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>

namespace ulak::ctl {

/// [#####     ] 512/1000; without the bar where its width is 0
std::string progress_bar(std::size_t done, std::size_t all, std::size_t width);

/// The same for a bulk send's `counts`: how many were handed over, and how many arrived. Empty for a run without them.
std::string progress_of(const boost::json::object& run, std::size_t width);

} // namespace ulak::ctl
