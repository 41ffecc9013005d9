// Small parts that the views have in common.
#pragma once

#include "core/money.hpp"
#include <boost/json/value.hpp>
#include <string>

namespace ulak::control {

/// Null for an empty text.
boost::json::value text_or_null(const std::string& text);
/// Null for an amount without a unit.
boost::json::value money_or_null(const money& m);

} // namespace ulak::control
