// Reads and checks `message` of a job file.
#pragma once

#include "kinds/loading.hpp"
#include "kinds/sms_send/settings.hpp"
#include "providers/account.hpp"

#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Fills `m` and reports what is wrong: with the sender, with names that neither the parameters nor the columns have,
/// with a text that the encoding or the provider cannot hold, and with a validity that the provider cannot be told.
void read_message(checker& check, const yaml::reader& r, const std::vector<std::string>& columns, bool columns_known,
                  const providers::account& account, message_settings& m);

} // namespace ulak::kinds::sms
