// `otp.acquire` as a file says it.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/number_machine.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

struct candidate {
    std::string account{};
    job::text_template service{}, operator_name{};
    std::optional<money> max_price{};
    bool cancel_on_timeout = true; ///< on_timeout
};

struct settings {
    std::vector<candidate> candidates{};
    bool by_price = false;
    int attempts = 1; ///< numbers bought at most
    age code_wait{}, poll_first{}, poll_max{};
    std::optional<std::regex> code_pattern{};
    std::size_t code_length = 0;
    std::chrono::milliseconds keep_code{};
};

/// The least time between the end of the wait and the end of the refund window, for a poll, a cancel and a retry: a
/// minute of the ten that are usual, less where the whole window is shorter.
inline age cancel_margin(age free_until)
{
    return std::min<age>(std::chrono::seconds(60), free_until / 10);
}

job::kind_definition table();
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

/// The code out of what arrived: `match` (its first group, if it has one) on the message, else the code as it came,
/// else the first run of 4 to 8 digits. Digits shorter than `length` get zeros on the left. Empty: nothing usable.
std::string extract_code(const settings& how, const providers::number_status& news);

} // namespace ulak::kinds::otp
