#include "kinds/sms_send/stored_progress.hpp"

#include "kinds/json_fields.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::kinds::sms {

namespace json = boost::json;
using ledger::item_state;

namespace {

void move_between(ledger::item_counts& counts, item_state from, item_state to, std::int64_t n)
{
    counts.by_state[static_cast<std::size_t>(from)] -= n;
    counts.by_state[static_cast<std::size_t>(to)] += n;
}

} // namespace

void stored_progress::count_new(const std::vector<ledger::item_record>& items)
{
    for (const ledger::item_record& i : items) {
        ++counts_.by_state[static_cast<std::size_t>(i.state)];
        counts_.segments += i.state == item_state::skipped ? 0 : i.segments;
    }
}

void stored_progress::move_count(item_state from, item_state to, std::int64_t n)
{
    move_between(counts_, from, to, n);
}

task<result<void>> stored_progress::reload_counts()
{
    auto stored = co_await context_.store().count_items(context_.run().id);
    if (!stored)
        co_return stored.error();
    counts_ = *stored;
    co_return result<void>();
}

task<result<void>> stored_progress::save(ledger::update_run fields, ledger::batch also)
{
    fields.progress = json::serialize(to_json(progress_));
    fields.counts = json::serialize(counts_json(counts_));
    co_return co_await context_.save_with_retry(std::move(fields), std::move(also));
}

// Not coroutines: nothing is built inside of an await.
task<result<void>> stored_progress::save()
{
    return save(ledger::update_run(context_.run().id), ledger::batch());
}
task<result<void>> stored_progress::save(ledger::batch also)
{
    return save(ledger::update_run(context_.run().id), std::move(also));
}

ledger::update_run stored_progress::progress_update() const
{
    ledger::update_run fields(context_.run().id);
    fields.progress = json::serialize(to_json(progress_));
    return fields;
}

ledger::update_run stored_progress::counts_update(item_state from, item_state to, std::int64_t n) const
{
    ledger::item_counts counts = counts_;
    move_between(counts, from, to, n);
    ledger::update_run fields(context_.run().id);
    fields.counts = json::serialize(counts_json(counts));
    return fields;
}

} // namespace ulak::kinds::sms
