// One call of a run: a text to a chunk of recipients, and what is committed with its intent and its outcome. Pure.
#pragma once

#include "kinds/purchase/answer.hpp"
#include "kinds/purchase/record.hpp"
#include "kinds/run_context.hpp"
#include "kinds/sms_send/stored_progress.hpp"
#include "providers/capability.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

struct send_call {
    send_call() = default;

    std::int64_t recipients() const noexcept { return static_cast<std::int64_t>(order.recipients()); }

    std::string step{}; ///< "rehearsal", "chunk/1", …
    providers::sms_order order{};
    message_rules rules{};                 ///< what has to hold when it leaves
    std::vector<std::int64_t> positions{}; ///< of its items; a rehearsal has none
    std::int64_t segments = 0;             ///< of all its messages: what it costs
    bool rehearsal = false;
};

/// What the ledger books for a call.
purchase_request request_for(const send_call& call, std::shared_ptr<providers::account> account);

/// With the intent: the items are submitting, and the progress has the number of the chunk. Nothing for a rehearsal.
ledger::batch changes_at_booking(const send_call& call, const run_id& run, const effect_id& effect,
                                 const stored_progress& progress);

/// What becomes of the items of a call with this outcome.
ledger::item_state item_state_after(providers::classification c) noexcept;

/// With the outcome: the items, the counts, and the event of an accepted call. The progress counts the items as
/// submitting. `outcome` is that of `answer`, or what the store makes of it.
ledger::batch changes_at_settlement(const send_call& call, const effect_id& effect, const purchase_answer& answer,
                                    providers::classification outcome, const run_context& c,
                                    const stored_progress& progress, const providers::account& account);

} // namespace ulak::kinds::sms
