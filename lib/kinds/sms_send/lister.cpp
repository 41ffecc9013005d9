#include "kinds/sms_send/lister.hpp"

#include "async/yield.hpp"
#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/purchase/sms_price.hpp"
#include "kinds/sms_send/stop_sending.hpp"

namespace ulak::kinds::sms {

using ledger::item_state;

task<stage_result> lister::list()
{
    // Open the source, with the opt-out list and the counts as the store has them now.
    auto suppressed = co_await read_suppressed(context_);
    if (!suppressed)
        co_return stage_result::fail(context_, suppressed.error());
    auto counted = co_await progress_.reload_counts();
    if (!counted)
        co_return stage_result::fail(context_, counted.error());
    auto source = recipient_source::open(settings_, context_.params(), limits_, std::move(*suppressed));
    if (!source)
        co_return stage_result::fail(context_, source.error());

    // Store the recipients block by block.
    stored_ = progress_->listed;
    for (bool more = true; more;) {
        items block;
        auto filled = fill(block, *source);
        if (!filled)
            co_return co_await stop_sending(context_, progress_, filled.error(), item_state::skipped, "stopped");
        more = *filled;
        if (context_.stopping())
            co_return stage_result::interrupt();
        if (context_.cancel_requested())
            co_return co_await stop_cancelled(context_, progress_);
        if (block.empty()) { // a restart passes over what the store has
            co_await async::yield();
            continue;
        }
        auto stored = co_await store(std::move(block));
        if (!stored)
            co_return stage_result::fail(context_, stored.error());
    }

    // The list is complete.
    progress_->common_text = source->common_text();
    progress_->stage = run_stage::sending;
    auto saved = co_await progress_.save();
    if (!saved)
        co_return stage_result::interrupt();
    co_return co_await check_budget();
}

/// Reads as many recipients as a block holds. False at the end of the source. Those that the store has are passed over.
result<bool> lister::fill(items& block, recipient_source& source)
{
    for (std::size_t n = 0; n < block_size; ++n) {
        auto item = source.next();
        if (!item)
            return item.error();
        if (!*item)
            return false;
        if (read_++ >= stored_)
            block.push_back(std::move(**item));
    }
    return true;
}

task<result<void>> lister::store(items block)
{
    auto skipped = co_await skip_recently_messaged(context_, settings_, block);
    if (!skipped)
        co_return skipped.error();
    progress_.count_new(block);
    progress_->listed += static_cast<std::int64_t>(block.size());
    ULAK_FAILPOINT("sms/list");
    ledger::add_items add;
    add.run = context_.run().id;
    add.items = std::move(block);
    ledger::batch changes;
    changes.push_back(std::move(add));
    co_return co_await progress_.save(std::move(changes));
}

/// A budget that the whole send would pass stops it before the first message, not in the middle.
task<stage_result> lister::check_budget()
{
    const money cost = price_of_segments(account_, progress_.counts().segments);
    const auto& budget = context_.budget().run;
    if (!budget || cost.amount <= budget->amount)
        co_return stage_result::go_on();
    const error why(errc::budget, "the send costs " + cost.text() + ", the budget of a run is " + budget->text());
    boost::json::object data;
    data["cost"] = json_of(cost);
    data["budget"] = json_of(*budget);
    ledger::batch changes = context_.notices("budget-hit", context_.run().job + ": " + why.message, data);
    changes.push_back(context_.event(events::budget_hit, events::level::warning, why.message, std::move(data)));
    auto saved = co_await progress_.save(std::move(changes));
    if (!saved)
        co_return stage_result::interrupt();
    co_return co_await stop_sending(context_, progress_, why, item_state::rejected, "budget");
}

} // namespace ulak::kinds::sms
