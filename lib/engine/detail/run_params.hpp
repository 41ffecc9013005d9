// The stored form of a run's parameters. Pure.
#pragma once

#include "job/document.hpp"

#include <map>
#include <string>
#include <vector>

namespace ulak::engine {

/// A JSON object: declared integers as numbers, all else as text.
std::string params_json(const std::vector<job::parameter>& declared, const std::map<std::string, std::string>& bound);
/// The way back; empty for a text that is no JSON object.
std::map<std::string, std::string> bound_params(const std::string& json);

} // namespace ulak::engine
