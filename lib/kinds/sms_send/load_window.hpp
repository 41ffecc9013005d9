// When people may be messaged, as a job file says it.
#pragma once

#include "kinds/loading.hpp"
#include "kinds/sms_send/settings.hpp"

namespace ulak::kinds::sms {

/// Reads `window`, `send_until` and `give_up_after`. `s.message` is read before: what is commercial has a window also
/// where the file names none.
void read_times(checker& check, const yaml::reader& own, settings& s);

} // namespace ulak::kinds::sms
