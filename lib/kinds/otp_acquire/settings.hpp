// Settings of an `otp.acquire` job: what its file says, checked against the accounts it names.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/otp_acquire/number_state.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

/// An account to buy from, and what to order there.
struct candidate {
    std::string account{};
    job::text_template service{}, operator_name{};
    std::optional<money> max_price{};
    bool cancel_on_timeout = true; ///< false: the number is abandoned, and its price with it
};

struct settings {
    std::vector<candidate> candidates{}; ///< in order of preference, at least one
    bool by_price = false;               ///< the cheapest first
    int attempts = 1;                    ///< numbers bought at most
    age code_wait{}, poll_first{}, poll_max{};
    std::optional<std::regex> code_pattern{}; ///< its first group is the code
    std::size_t code_length = 0;              ///< shorter codes of digits lost zeros on the left
    std::chrono::milliseconds keep_code{};    ///< how long the code can be read after its delivery
};

/// Least time between the end of the wait and the end of the refund window, enough for a poll, a cancel and a retry: a
/// minute of the usual ten, less where the whole window is shorter.
inline age cancel_margin(age free_until)
{
    return std::min<age>(std::chrono::seconds(60), free_until / 10);
}

/// Keys of the kind, for the loader, the JSON Schema and the documentation.
job::kind_definition table();
/// Checks a job file. What is wrong goes to `found`; null if any of it is an error.
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& environment,
                                            yaml::problems& found);

} // namespace ulak::kinds::otp
