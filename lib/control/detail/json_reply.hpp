// An answer with a JSON object.
#pragma once

#include "control/detail/request_context.hpp"
#include <boost/json/object.hpp>

namespace ulak::control {

/// Those who may only look get what the route's list names (`public_answers`).
http::reply json_reply(request_context& c, boost::json::object body, int status = 200);

} // namespace ulak::control
