// Where a run of `smm.order` stands, as it is kept in the store. The JSON keys never change: a newer daemon resumes
// runs of an older one.
#pragma once

#include "core/ids.hpp"
#include "kinds/purchase/balance_snapshot.hpp"
#include "kinds/smm_order/panel_machine.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ulak::kinds::smm {

struct progress {
    progress() = default;

    std::string account{}, link{}; ///< what other runs compare before they order
    bool booked = false;           ///< an intent was written
    std::string order{};           ///< the panel's id; empty: not placed
    effect_id effect{};
    std::int64_t quantity = 0; ///< of all runs of a drip; 0: not known
    bool drip = false;
    std::optional<money> cost{};
    std::optional<balance_snapshot> balance_before{};
    wall_point placed_at{};
    state machine_state{};
};

boost::json::object to_json(const progress& p);

/// errc::contract: the text is no progress.
result<progress> progress_from(std::string_view text);

} // namespace ulak::kinds::smm
