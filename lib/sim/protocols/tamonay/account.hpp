// The account: its owner, its balance and the history of it.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::tamonay {

http::reply user(call& c);
http::reply history(call& c);

} // namespace ulak::sim::tamonay
