// Reads the recipients of a run into items of the store.
#pragma once

#include "kinds/sms_send/measure.hpp"
#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::sms {

/// The first stage of a run: validates the recipients block by block, one commit each, and checks the budget before the
/// first message. A restart reads the source again and skips what the store has. All references must outlive it.
class lister {
  public:
    lister(run_context& c, const settings& s, const text_limits& limits, const providers::account& account,
           stored_progress& progress)
        : context_(c), settings_(s), limits_(limits), account_(account), progress_(progress)
    {}

    /// Goes on with the stage `sending`. Ends early, with all items skipped or rejected, on an unusable row under
    /// `on_invalid: stop`, on a cancellation, and where the whole send would pass the run's budget.
    task<stage_result> list();

  private:
    using items = std::vector<ledger::item_record>;

    result<bool> fill(items& block, recipient_source& source);
    task<result<void>> store(items block);
    task<stage_result> check_budget();

    run_context& context_;
    const settings& settings_;
    text_limits limits_;
    const providers::account& account_;
    stored_progress& progress_;
    std::int64_t read_ = 0;   ///< recipients read from the source
    std::int64_t stored_ = 0; ///< recipients that the store had when the stage began
};

} // namespace ulak::kinds::sms
