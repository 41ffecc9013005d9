// Reads and checks `recipients` of a job file.
#pragma once

#include "kinds/loading.hpp"
#include "kinds/sms_send/settings.hpp"

#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Fills `to` and reports what is wrong. The columns of the file; empty for a list, and where the file cannot be read
/// yet, which is a warning only.
std::vector<std::string> read_recipients(checker& check, const yaml::reader& r, recipient_settings& to);

} // namespace ulak::kinds::sms
