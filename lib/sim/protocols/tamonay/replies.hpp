// The shapes in which Laravel answers.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::tamonay {

/// {"success":true,"data":…}
http::reply success_reply(json::value data, int status = 200, std::string_view message = {});
/// {"success":false,"message":…}
http::reply refuse(int status, std::string_view message);

} // namespace ulak::sim::tamonay
