// A notice on the standard input of a program.
#pragma once

#include "engine/channel.hpp"
#include "engine/detail/delivery.hpp"
#include "engine/detail/parsed_notice.hpp"
#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// Delivered when the program leaves with 0. It ends after 30 s at the latest: it and its children are killed then.
/// Arguments that cannot be filled in are not retried. A value never makes an argument an option: one that begins with
/// "-" though its template does not gets a blank in front. The program itself is taken as it is written.
task<attempt> deliver_to_program(shared_state& shared, const program& channel, const parsed_notice& notice);

} // namespace ulak::engine
