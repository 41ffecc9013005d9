// What a provider is asked for one group of recipients. The same group gives the same order, byte for byte.
#pragma once

#include "kinds/sms_send/settings.hpp"
#include "providers/capability.hpp"

#include <vector>

namespace ulak::kinds::sms {

providers::sms_order order_of(const settings& s, const measured_text& text, std::vector<phone> numbers);

} // namespace ulak::kinds::sms
