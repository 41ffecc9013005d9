// The one place that every answer to those who may only look passes: it lets through what a list names.
#pragma once

#include "control/detail/shown_field.hpp"

#include <boost/json/object.hpp>

namespace ulak::control {

/// What stands in place of a text that is not shown.
inline constexpr char hidden_text[] = "***";

/// Hides every value of `answer` that `shown` does not name, and masks those that it shows in part. Keys stay.
void hide_all_but(boost::json::object& answer, shown_fields shown);

} // namespace ulak::control
