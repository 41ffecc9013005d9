// Delivers a notice by SMS.
#pragma once

#include "engine/channel.hpp"
#include "engine/detail/delivery.hpp"
#include "engine/detail/parsed_notice.hpp"
#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// Buys the messages like any other purchase (kinds/purchase), as steps of the notice's run: one step per call that
/// the account's limit of recipients makes necessary. A step that was accepted before is not sent again.
task<attempt> deliver_by_sms(shared_state& shared, const sms_channel& channel, const parsed_notice& notice);

} // namespace ulak::engine
