// The account: who it is, its money and where that went.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::tamonay {

http::reply user(call& c);
http::reply history(call& c);

} // namespace ulak::sim::tamonay
