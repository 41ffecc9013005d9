// Prepares a run of `sms.send` from a job file.
#pragma once

#include "kinds/kind.hpp"

#include <memory>

namespace ulak::kinds::sms {

/// Checks across keys and against the account, and reports every problem. nullptr if one of them is an error.
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

} // namespace ulak::kinds::sms
