// What has to hold at the last moment before a call that reaches people.
#pragma once

#include "core/wall_time.hpp"
#include "job/window.hpp"
#include "ledger/records.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds {

/// Declared with the request of a call and asked in its gate, whether the call is the first or a repetition. Nobody of
/// `phones` may be on the opt-out list, ever.
struct message_rules {
    message_rules() = default;

    std::vector<std::string> phones{};                      ///< all whom the call reaches, ten digits each
    std::optional<job::window> window{};                    ///< the call may leave only while it is open
    std::optional<std::chrono::milliseconds> sent_within{}; ///< nobody whom any run messaged since then
    std::string reached_job{};                              ///< nobody whom a run of this job has reached ...
    run_id reached_after{};                                 ///< ... that is newer than this one
};

/// Long after an account's usual timeout what became of a call is in the store. A call that still stands as dispatched
/// then counts as one that may have reached its recipients.
inline constexpr std::chrono::minutes longest_call(15);

/// The part that the store knows, at that time. The recipients of `except` do not count as messaged.
ledger::recipient_rules recipient_rules_at(const message_rules& rules, wall_point now, effect_id except = {});

} // namespace ulak::kinds
