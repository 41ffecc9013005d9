// A notice as a signed POST.
#pragma once

#include "engine/channel.hpp"
#include "engine/detail/delivery.hpp"
#include "engine/detail/parsed_notice.hpp"
#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// Delivered with a status from 200 to 299, whatever comes behind it; every failure may be retried. Ends within 15 s.
task<attempt> deliver_to_webhook(shared_state& shared, webhook& channel, const parsed_notice& notice);

} // namespace ulak::engine
