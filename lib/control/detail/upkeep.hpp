// Routes for the upkeep of the daemon itself: its store, and the channels of its notices.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

task<http::reply> post_backup(request_context& c);
task<http::reply> post_verify(request_context& c);
task<http::reply> post_channel_test(request_context& c);

} // namespace ulak::control
