// What a run does when the gate was against its call at the last moment.
#pragma once

#include "kinds/run_context.hpp"

namespace ulak::kinds::sms {

/// Returns when the call may be built again: at once, as the next one asks for flags, window, day and recipients anew,
/// except where only the store knows yet that the run is paused or cancelled. A cancellation or a stop ends the wait.
task<> wait_after_gate(run_context& c, const error& why);

} // namespace ulak::kinds::sms
