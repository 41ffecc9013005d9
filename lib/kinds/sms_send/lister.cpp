// The recipients into the store, block by block; and what can be known before anything is sent.
#include "kinds/sms_send/sms_run.hpp"

#include "events/event_names.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"

#include <algorithm>

namespace ulak::kinds::sms {

using ledger::item_state;
using ledger::run_state;

task<result<void>> sms_run::store_block(items block)
{
    auto skipping = skip_recently_messaged(context_, settings_, block);
    auto skipped = co_await std::move(skipping);
    if (!skipped)
        co_return skipped.error();
    for (const ledger::item_record& i : block) {
        ++counts_.by_state[static_cast<std::size_t>(i.state)];
        counts_.segments += i.state == item_state::skipped ? 0 : i.segments;
    }
    progress_.listed += static_cast<std::int64_t>(block.size());
    ULAK_FAILPOINT("sms/list");
    ledger::add_items add;
    add.run = context_.run().id;
    add.items = std::move(block);
    ledger::batch changes;
    changes.push_back(std::move(add));
    co_return co_await save(std::move(changes));
}

task<std::optional<ending>> sms_run::list_recipients()
{
    auto reading = read_suppressed(context_);
    auto suppressed = co_await std::move(reading);
    if (!suppressed)
        co_return co_await stopped_or_failed(suppressed.error());
    auto counting = co_await reload_counts();
    if (!counting)
        co_return co_await stopped_or_failed(counting.error());
    auto source = recipient_source::open(settings_, context_.params(), limits_, std::move(*suppressed));
    if (!source)
        co_return co_await stopped_or_failed(source.error());
    const std::int64_t known = progress_.listed;
    bool more = true;
    for (std::int64_t at = 0; more;) {
        items block;
        while (block.size() < block_size) {
            auto item = source->next();
            if (!item)
                co_return co_await stop_sending(item.error(), item_state::skipped, "stopped");
            more = item->has_value();
            if (!more)
                break;
            if (at++ >= known)
                block.push_back(std::move(**item));
        }
        if (context_.stopping())
            co_return ending::stopped();
        if (context_.cancel_requested())
            co_return co_await stop_sending(error(errc::cancelled, "cancelled"), item_state::skipped, "cancelled");
        if (block.empty())
            continue;
        auto added = co_await store_block(std::move(block));
        if (!added)
            co_return co_await stopped_or_failed(added.error());
    }
    progress_.common_text = source->common_text();
    progress_.stage = run_stage::sending;
    auto kept = co_await save();
    if (!kept)
        co_return ending::stopped();
    co_return co_await check_budget();
}

/// A budget that the whole send would pass stops it before the first message, not in the middle.
task<std::optional<ending>> sms_run::check_budget()
{
    const money cost(decimal::from_integer(counts_.segments), account_->unit);
    const auto& most = context_.budget().run;
    if (!most || cost.amount <= most->amount)
        co_return std::nullopt;
    const error why(errc::budget, "the send costs " + cost.text() + ", the budget of a run is " + most->text());
    boost::json::object data;
    data["cost"] = json_of(cost);
    data["budget"] = json_of(*most);
    ledger::batch told = context_.notices("budget-hit", context_.run().job + ": " + why.message, data);
    told.push_back(context_.event(events::budget_hit, events::level::warning, why.message, std::move(data)));
    auto kept = co_await save(std::move(told));
    if (!kept)
        co_return ending::stopped();
    co_return co_await stop_sending(why, item_state::rejected, "budget");
}

/// Everything that is still pending will not be sent. The run ends with `why`.
task<std::optional<ending>> sms_run::stop_sending(error why, item_state to, std::string reason)
{
    progress_.stop_reason = why;
    while (true) {
        ledger::item_query q;
        q.run = context_.run().id;
        q.states = {item_state::pending};
        q.limit = block_size;
        auto reading = context_.store().items(std::move(q));
        auto page = co_await std::move(reading);
        if (!page)
            co_return co_await stopped_or_failed(page.error());
        if (page->empty())
            break;
        ledger::move_items move;
        move.run = context_.run().id;
        move.from = item_state::pending;
        move.to = to;
        move.reason = reason;
        for (const ledger::item_record& i : *page) {
            move.positions.push_back(i.position);
            counts_.segments -= to == item_state::skipped ? i.segments : 0;
        }
        move_count(item_state::pending, to, static_cast<std::int64_t>(page->size()));
        ledger::batch changes;
        changes.push_back(std::move(move));
        auto kept = co_await save(std::move(changes));
        if (!kept)
            co_return ending::stopped();
    }
    auto found = co_await find_queues();
    if (!found)
        co_return co_await stopped_or_failed(found.error());
    co_return co_await finish();
}

} // namespace ulak::kinds::sms
