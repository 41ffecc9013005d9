// Where a run of `sms.send` stands, as the store keeps it.
#pragma once

#include "kinds/purchase/reconcile.hpp"
#include "kinds/sms_send/list_binding.hpp"
#include "kinds/sms_send/measure.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ulak::kinds::sms {

enum class run_stage { listing, sending, tracking };

/// The stored position of a run.
struct progress {
    progress() = default;

    run_stage stage = run_stage::listing;
    std::int64_t listed = 0;                          ///< items in the store
    std::vector<bound_list> lists{};                  ///< the files that `listed` counts in
    std::int64_t taken_until = -1;                    ///< position in the earlier run that this one goes on with
    int last_chunk = 0;                               ///< calls so far; each is a step of its own
    bool rehearsed = false;                           ///< the provider accepted the rehearsal
    std::optional<wall_point> wait_until{};           ///< the real send begins after the rehearsal's pause
    std::optional<wall_point> track_until{};          ///< reports are asked for until then
    std::optional<balance_snapshot> balance_before{}; ///< before the latest call, where it can prove something
    std::optional<error> stop_reason{};               ///< why sending ended early
    std::optional<measured_text> common_text{};       ///< the text of all items that have none of their own
};

/// The keys are stored: they keep their names and meaning.
boost::json::object to_json(const progress& p);
/// Empty text is a run that has not begun. errc::contract for anything that is no JSON object.
result<progress> progress_from(std::string_view text);

} // namespace ulak::kinds::sms
