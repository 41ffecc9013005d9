// The stages of a bulk send: list, send, follow.
#include "kinds/json_fields.hpp"
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/waiting.hpp"

#include "core/local_time_text.hpp"
#include "events/event_names.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace ulak::kinds::sms {

namespace json = boost::json;
using ledger::item_state;
using ledger::run_state;

/// More queues than a person would read in a result.
constexpr std::size_t max_queues_shown = 10'000;

namespace {

run_state state_for(errc why)
{
    if (why == errc::cancelled)
        return run_state::cancelled;
    return why == errc::ambiguous || why == errc::conflict ? run_state::attention : run_state::failed;
}

} // namespace

sms_run::sms_run(run_context& c, const settings& s, std::shared_ptr<providers::account> who, progress p)
    : context_(c), settings_(s), account_(std::move(who)), progress_(std::move(p)), limits_(limits_of(s.message, *account_))
{
    if (s.pace)
        pace_.emplace(c.clock(), async::token_bucket(s.pace->per_second, std::max(1.0, s.pace->per_second)));
}

task<ending> send_job::run(run_context& c) const
{
    auto p = progress_from(c.run().progress);
    if (!p)
        co_return ending(run_state::attention, p.error());
    auto who = c.account(settings_.account);
    if (!who || !who->sms)
        co_return ending(run_state::failed,
                         error(errc::not_found, "the account " + settings_.account + " is gone from ulak.yaml"));
    sms_run s(c, settings_, std::move(who), std::move(*p));
    co_return co_await s.execute();
}

std::string send_job::waiting_reason(wall_point begun) const
{
    if (!settings_.window || settings_.window->is_open(begun))
        return {};
    const auto opens = settings_.window->next_open(begun);
    return opens ? "the window is closed: it sends from " + local_time_text(*opens, settings_.window->zone)
                 : "its window never opens";
}

task<ending> sms_run::execute()
{
    co_await reset_cancellation();
    if (progress_.stage == run_stage::listing && !progress_.stop_reason) {
        auto over = co_await list_recipients();
        if (over)
            co_return *over;
    } else {
        auto over = co_await restore();
        if (over)
            co_return *over;
    }
    if (progress_.stage == run_stage::sending) {
        auto over = co_await rehearse();
        if (!over && !progress_.stop_reason)
            over = co_await send_all();
        if (over)
            co_return *over;
        progress_.stage = run_stage::tracking;
        progress_.track_until = context_.clock().wall_now() + settings_.track_for;
        auto kept = co_await save();
        if (!kept)
            co_return ending::stopped();
    }
    auto over = co_await track();
    if (over)
        co_return *over;
    co_return co_await finish();
}

/// An error of the store or of what was asked for: a stop if the daemon stops, else the run's end.
task<std::optional<ending>> sms_run::stopped_or_failed(error e)
{
    if (context_.stopping())
        co_return ending::stopped();
    co_return ending(run_state::failed, std::move(e));
}

void sms_run::move_count(item_state from, item_state to, std::int64_t n)
{
    counts_.by_state[static_cast<std::size_t>(from)] -= n;
    counts_.by_state[static_cast<std::size_t>(to)] += n;
}

task<result<void>> sms_run::reload_counts()
{
    auto reading = context_.store().count_items(context_.run().id);
    auto got = co_await std::move(reading);
    if (!got)
        co_return got.error();
    counts_ = *got;
    co_return result<void>();
}

task<result<void>> sms_run::save_state(ledger::update_run state, ledger::batch also)
{
    state.progress = json::serialize(to_json(progress_));
    state.counts = json::serialize(counts_json(counts_));
    auto keeping = context_.save_with_retry(std::move(state), std::move(also));
    co_return co_await std::move(keeping);
}

// Not coroutines: nothing is built inside of an await.
task<result<void>> sms_run::save()
{
    return save_state(ledger::update_run(context_.run().id), ledger::batch());
}
task<result<void>> sms_run::save(ledger::batch also)
{
    return save_state(ledger::update_run(context_.run().id), std::move(also));
}

task<result<void>> sms_run::save_result()
{
    json::array queues;
    for (const auto& [id, range] : queues_) {
        if (queues.size() == max_queues_shown)
            break;
        json::object q;
        q["id"] = id;
        q["recipients"] = range.recipients;
        queues.push_back(std::move(q));
    }
    json::object shown;
    shown["queues"] = std::move(queues);
    ledger::update_run state(context_.run().id);
    state.result = json::serialize(shown);
    return save_state(std::move(state), ledger::batch());
}

task<ending> sms_run::finish()
{
    auto counting = co_await reload_counts(); // a person may have settled a doubt in the meantime
    if (!counting)
        co_return ending::stopped();
    const auto n = [&](item_state s) { return counts_.by_state[static_cast<std::size_t>(s)]; };
    auto kept = co_await save_result();
    if (!kept)
        co_return ending::stopped();
    if (n(item_state::ambiguous) > 0 || n(item_state::submitting) > 0)
        co_return ending(run_state::attention,
                         error(errc::ambiguous, std::to_string(n(item_state::ambiguous)) +
                                                    " recipients may have been messaged, see attention"));
    if (progress_.stop_reason)
        co_return ending(state_for(progress_.stop_reason->code), progress_.stop_reason);
    if (tracking_cancelled_)
        co_return ending(run_state::cancelled);
    const bool nobody_reached = n(item_state::submitted) + n(item_state::delivered) + n(item_state::undelivered) == 0;
    if (nobody_reached && n(item_state::rejected) > 0)
        co_return ending(run_state::failed, error(errc::validation, "the provider refused every message"));
    co_return ending(run_state::succeeded);
}

} // namespace ulak::kinds::sms
