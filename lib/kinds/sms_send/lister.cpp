#include "kinds/sms_send/lister.hpp"

#include "async/yield.hpp"
#include "core/failpoint.hpp"
#include "events/event_names.hpp"
#include "kinds/sms_send/earlier_recipients.hpp"
#include "kinds/sms_send/list_budget.hpp"
#include "kinds/sms_send/stop_sending.hpp"

namespace ulak::kinds::sms {

using ledger::item_state;

task<stage_result> lister::list()
{
    auto counted = co_await progress_.reload_counts();
    if (!counted)
        co_return stage_result::fail(context_, counted.error());
    auto listed = stage_result::go_on();
    if (context_.run().of.empty())
        listed = co_await list_source();
    else
        listed = co_await list_earlier();
    if (!listed.goes_on())
        co_return listed;
    // The list is complete.
    progress_->stage = run_stage::sending;
    auto saved = co_await progress_.save();
    if (!saved)
        co_return stage_result::interrupt();
    co_return co_await check_list_budget(context_, *account_, progress_);
}

task<stage_result> lister::list_source()
{
    // Bind the run to the file, or see that it is the one that the run is bound to.
    auto bound = co_await bind();
    if (!bound.goes_on())
        co_return bound;
    // Open the source, with the opt-out list as the store has it now.
    auto suppressed = co_await read_suppressed(context_);
    if (!suppressed)
        co_return stage_result::fail(context_, suppressed.error());
    auto source = recipient_source::open(settings_, context_.params(), limits_, std::move(*suppressed));
    if (!source)
        co_return stage_result::fail(context_, source.error());

    // Store the recipients block by block.
    reached_before before;
    stored_ = progress_->listed;
    for (bool more = true; more;) {
        items block;
        auto filled = fill(block, *source);
        more = filled && *filled;
        auto same = co_await require_same_list(!more); // what is wrong with a changed file is that it changed
        if (!same.goes_on())
            co_return same;
        if (!filled)
            co_return co_await stop_sending(context_, progress_, filled.error(), item_state::skipped, "stopped");
        if (block.empty()) { // a restart passes over what the store has
            co_await async::yield();
            continue;
        }
        if (context_.run().trigger != "schedule" && before.asked == 0)
            co_await warn_of_repetition(block, before);
        auto stored = co_await store(std::move(block));
        if (!stored)
            co_return stage_result::fail(context_, stored.error());
    }
    progress_->common_text = source->common_text();
    co_return stage_result::go_on();
}

/// A slip of the hand sends the same to all of them again: the first block tells.
task<> lister::warn_of_repetition(const items& block, reached_before& before)
{
    auto counted = co_await count_reached(context_, block, before);
    if (!counted || !before.mostly())
        co_return;
    auto warning = context_.event(events::list_reached, events::level::warning, before.sentence());
    co_await context_.recorder().publish(std::move(warning.event));
}

/// Positions count in the file as it was when the run began to read it.
task<stage_result> lister::bind()
{
    if (!progress_->lists.empty())
        co_return co_await require_same_list(true);
    auto lists = co_await bind_lists(context_, settings_.recipients);
    if (!lists)
        co_return co_await after_list_error(lists.error());
    progress_->lists = std::move(*lists);
    if (progress_->lists.empty())
        co_return stage_result::go_on();
    auto saved = co_await progress_.save();
    if (!saved)
        co_return stage_result::interrupt();
    co_return stage_result::go_on();
}

task<stage_result> lister::require_same_list(bool thorough)
{
    auto same = co_await require_same_lists(context_, settings_.recipients, progress_->lists, thorough);
    if (!same)
        co_return co_await after_list_error(same.error());
    if (context_.stopping())
        co_return stage_result::interrupt();
    if (context_.cancel_requested())
        co_return co_await stop_cancelled(context_, progress_);
    co_return stage_result::go_on();
}

/// Nothing was sent, and nobody who is listed is lost: `--only unsent` finds them.
task<stage_result> lister::after_list_error(error why)
{
    if (context_.stopping())
        co_return stage_result::interrupt();
    if (context_.cancel_requested())
        co_return co_await stop_cancelled(context_, progress_);
    if (progress_->listed == 0)
        co_return stage_result::fail(context_, std::move(why));
    co_return co_await stop_sending(context_, progress_, std::move(why), item_state::skipped, "list-changed");
}

/// The recipients of the run that this one goes on with, a block per commit.
task<stage_result> lister::list_earlier()
{
    earlier_recipients source(context_, settings_, limits_);
    auto opened = co_await source.open();
    if (!opened)
        co_return stage_result::fail(context_, opened.error());
    progress_->common_text = source.common_text();
    while (true) {
        auto block = co_await source.next(progress_->taken_until, progress_->listed);
        if (!block)
            co_return stage_result::fail(context_, block.error());
        if (context_.stopping())
            co_return stage_result::interrupt();
        if (context_.cancel_requested())
            co_return co_await stop_cancelled(context_, progress_);
        if (block->empty())
            break;
        progress_->taken_until = source.taken_until();
        auto stored = co_await store(std::move(*block));
        if (!stored)
            co_return stage_result::fail(context_, stored.error());
    }
    if (progress_->listed == 0)
        co_return stage_result::fail(context_, source.nobody());
    co_return stage_result::go_on();
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

} // namespace ulak::kinds::sms
