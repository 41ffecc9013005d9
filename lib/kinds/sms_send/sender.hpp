// Sends to the pending recipients of a run, chunk by chunk.
#pragma once

#include "kinds/sms_send/calls_in_flight.hpp"
#include "kinds/sms_send/chunk_builder.hpp"
#include "kinds/sms_send/failure_policy.hpp"
#include "kinds/sms_send/measure.hpp"
#include "kinds/sms_send/purchaser.hpp"
#include "kinds/sms_send/reconciler.hpp"
#include "kinds/sms_send/send_pacer.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <cstdint>
#include <vector>

namespace ulak::kinds::sms {

/// What the sender works with. All must outlive it.
struct sender_dependencies {
    stored_progress& progress;
    send_pacer& pacer;
    purchaser& purchases;
    reconciler& ambiguous_calls;
};

/// Never makes two calls for an item unless the first is proven not to have been sent. Context and settings must
/// outlive it.
class sender {
  public:
    /// As many calls are under way at once as the account allows (`purchases`).
    sender(run_context& c, const settings& s, const providers::account& account, sender_dependencies uses);

    /// Goes on once nothing is pending. Ends early on a cancellation, on an error that every further call would meet,
    /// and after several failures in a row (see `failure_policy`).
    task<stage_result> send_all();

  private:
    using items = std::vector<ledger::item_record>;

    task<result<void>> drop_forbidden(items& chunk);
    task<result<void>> skip(items& chunk, const std::vector<ledger::forbidden_recipient>& forbidden);
    task<stage_result> after_gate(error why);
    task<stage_result> send_pending();
    task<stage_result> begin_chunk(items chunk);
    task<stage_result> take_outcome();
    task<stage_result> come_to_rest(stage_result end);
    result<send_call> call_for(const items& chunk) const;

    task<stage_result> handle(result<settlement> settled);
    task<stage_result> handle_not_booked(error why);
    task<stage_result> handle_outcome(settlement settled);
    task<stage_result> try_again_later(error why);
    task<stage_result> follow(next_step next);

    run_context& context_;
    const settings& settings_;
    text_limits limits_;
    stored_progress& progress_;
    send_pacer& pacer_;
    purchaser& purchases_;
    reconciler& reconciler_;
    chunk_builder chunks_;
    calls_in_flight calls_;
    failure_policy failures_{};
    std::uint64_t incident_ = 0; ///< calls that had begun when one was not sent: they fail for the same reason
};

} // namespace ulak::kinds::sms
