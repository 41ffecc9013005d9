// `balance.watch` as a file states it: the keys, their checks, and the typed settings of a job.
#pragma once

#include "kinds/balance_watch/alarm_machine.hpp"
#include "kinds/kind.hpp"

#include <memory>
#include <string>

namespace ulak::kinds::balance {

struct watched_account {
    std::string account{};
    alarm_limits limits{};
    std::string unit{}; ///< of the limits; empty: none is an amount
};

job::kind_definition table();

/// nullptr when the file has an error; `found` says which.
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

} // namespace ulak::kinds::balance
