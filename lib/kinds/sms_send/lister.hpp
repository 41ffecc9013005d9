// Reads the recipients of a run into items of the store.
#pragma once

#include "kinds/sms_send/measure.hpp"
#include "kinds/sms_send/plan.hpp"
#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace ulak::kinds::sms {

/// The first stage of a run: validates the recipients block by block, one commit each, and checks the budget before the
/// first message. A restart reads the source again and skips what the store has. All references must outlive it.
class lister {
  public:
    lister(run_context& c, const settings& s, std::shared_ptr<const providers::account> account,
           stored_progress& progress)
        : context_(c),
          settings_(s),
          limits_(limits_of(s.message, *account)),
          account_(std::move(account)),
          progress_(progress)
    {}

    /// Goes on with the stage `sending`. Ends early, with all items skipped, on an unusable row under `on_invalid:
    /// stop`, on a cancellation, where the file has changed since the run began to read it, and where the whole send
    /// would pass a budget.
    task<stage_result> list();

  private:
    using items = std::vector<ledger::item_record>;

    result<bool> fill(items& block, recipient_source& source);
    task<result<void>> store(items block);
    task<stage_result> list_source();
    task<stage_result> list_earlier();
    task<stage_result> bind();
    task<> warn_of_repetition(const items& block, reached_before& before);
    task<stage_result> require_same_list(bool thorough);
    task<stage_result> after_list_error(error why);

    run_context& context_;
    const settings& settings_;
    text_limits limits_;
    std::shared_ptr<const providers::account> account_;
    stored_progress& progress_;
    std::int64_t read_ = 0;   ///< recipients read from the source
    std::int64_t stored_ = 0; ///< recipients that the store had when the stage began
};

} // namespace ulak::kinds::sms
