// An answer with a JSON object.
#pragma once

#include "http/server.hpp"
#include <boost/json/object.hpp>

namespace ulak::control {

http::reply json_reply(const boost::json::object& body, int status = 200);

} // namespace ulak::control
