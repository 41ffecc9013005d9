#include "engine/detail/attention.hpp"

#include "engine/detail/final_state.hpp"
#include "kinds/purchase/reconcile.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;
using ledger::item_state;
using ledger::run_state;

namespace {

constexpr char done[] = "done";
constexpr char not_done[] = "not-done";
constexpr char write_off[] = "write-off";

ledger::move_effect effect_resolution(const ledger::effect_record& e, const ledger::attention_record& a,
                                 const std::string& outcome, wall_point now)
{
    ledger::move_effect m(e.id, effect_state::written_off);
    const bool about_refund = a.kind == "refund-missing" && e.state == effect_state::orphaned;
    if (about_refund && outcome == done) { // it has come
        m.to = effect_state::refunded;
    } else if (outcome == done || (about_refund && outcome == not_done)) {
        m.to = effect_state::accepted;
        if (e.provider_ref.empty())
            m.provider_ref = std::string(kinds::operator_ref_prefix) + a.id;
    } else if (outcome == not_done) {
        // What was charged for an orphan has come back, if it did not take effect.
        m.to = e.state == effect_state::orphaned ? effect_state::refunded : effect_state::not_executed;
    }
    m.at = now;
    return m;
}

/// A refund that was missing and has come, as a person says.
void book_refund(const ledger::effect_record& e, const ledger::attention_record& a, const std::string& outcome,
                 wall_point now, ledger::batch& all)
{
    const bool same_unit = e.charged && e.charged->unit == e.expected.unit;
    const decimal left = (same_unit ? e.charged->amount : e.expected.amount) - e.refunded;
    if (a.kind != "refund-missing" || outcome != done || e.state != effect_state::accepted || left <= decimal())
        return;
    ledger::refund_effect refund;
    refund.id = e.id;
    refund.amount = left;
    refund.at = now;
    all.push_back(std::move(refund));
}

ledger::move_items items_resolution(const ledger::effect_record& e, const std::string& outcome)
{
    ledger::move_items m;
    m.run = e.run;
    m.by_effect = e.id;
    m.from = item_state::ambiguous;
    m.to = outcome == done ? item_state::submitted : item_state::rejected;
    if (outcome == not_done)
        m.reason = "not sent";
    else if (outcome == write_off)
        m.reason = "written off";
    return m;
}

/// How many recipients wait for what becomes of this call.
task<result<std::int64_t>> count_ambiguous_items(shared_state& c, const ledger::effect_record& e)
{
    ledger::item_query q;
    q.run = e.run;
    q.states = {item_state::ambiguous};
    std::int64_t n = 0;
    while (true) {
        auto some = co_await c.store().items(q);
        if (!some)
            co_return some.error();
        n += std::ranges::count(*some, e.id, &ledger::item_record::effect);
        if (some->size() < q.limit)
            co_return n;
        q.after = some->back().position;
    }
}

/// The counts that an ended run shows follow its recipients; a run under way counts for itself.
task<result<void>> update_counts(shared_state& c, const ledger::effect_record& e, const std::string& outcome,
                                 ledger::batch& all)
{
    auto run = co_await c.store().run(e.run);
    if (!run || run->state != run_state::attention || run->counts.empty())
        co_return result<void>();
    auto moved = co_await count_ambiguous_items(c, e);
    if (!moved)
        co_return moved.error();
    auto counts = parse_json(run->counts, run->counts.size() + 1);
    if (!counts || !counts->is_object())
        co_return result<void>();
    const auto add = [&](std::string_view key, std::int64_t n) {
        boost::json::value& v = counts->get_object()[key];
        v = (v.is_int64() ? v.get_int64() : 0) + n;
    };
    add("ambiguous", -*moved);
    add(outcome == done ? "submitted" : "rejected", *moved);
    ledger::update_run shown(e.run);
    shown.counts = boost::json::serialize(*counts);
    all.push_back(std::move(shown));
    co_return result<void>();
}

task<result<void>> settle_effect(shared_state& c, const ledger::attention_record& a, const std::string& outcome,
                                 ledger::batch& all)
{
    if (a.effect.empty())
        co_return result<void>();
    ledger::effect_query q;
    q.run = a.run.text();
    auto effects = co_await c.store().effects(std::move(q));
    if (!effects)
        co_return effects.error();
    const auto e = std::ranges::find(*effects, a.effect, &ledger::effect_record::id);
    if (e == effects->end())
        co_return result<void>();
    const bool open = e->state == effect_state::ambiguous || e->state == effect_state::orphaned;
    if (!open) { // evidence was faster than the person, or it is about what came after
        book_refund(*e, a, outcome, c.wall(), all);
        co_return result<void>();
    }
    all.push_back(effect_resolution(*e, a, outcome, c.wall()));
    all.push_back(items_resolution(*e, outcome));
    co_return co_await update_counts(c, *e, outcome, all);
}

/// Recipients that are still open once the entry's own are settled.
task<result<bool>> has_open_items(shared_state& c, const ledger::attention_record& a)
{
    auto counts = co_await c.store().count_items(a.run);
    if (!counts)
        co_return counts.error();
    const auto of = [&](item_state s) { return counts->by_state[static_cast<std::size_t>(s)]; };
    if (of(item_state::pending) + of(item_state::submitting) > 0)
        co_return true;
    if (of(item_state::ambiguous) == 0)
        co_return false;
    ledger::item_query q;
    q.run = a.run;
    q.states = {item_state::ambiguous};
    while (true) {
        auto some = co_await c.store().items(q);
        if (!some)
            co_return some.error();
        const auto other = [&](const ledger::item_record& i) { return a.effect.empty() || i.effect != a.effect; };
        if (std::ranges::any_of(*some, other))
            co_return true;
        if (some->size() < q.limit)
            co_return false;
        q.after = some->back().position;
    }
}

bool succeeds(const std::vector<ledger::attention_record>& entries, const ledger::attention_record& a,
              const std::string& outcome)
{
    const auto bad = [&](const ledger::attention_record& e) {
        return e.run == a.run && e.id != a.id && !counts_as_success(e.kind, e.outcome);
    };
    return counts_as_success(a.kind, outcome) && std::ranges::none_of(entries, bad);
}

task<result<void>> finish_run(shared_state& c, const std::vector<ledger::attention_record>& entries,
                              const ledger::attention_record& a, const std::string& outcome, ledger::batch& all)
{
    const auto other = [&](const ledger::attention_record& e) {
        return e.run == a.run && e.id != a.id && e.outcome.empty();
    };
    if (a.run.empty() || std::ranges::any_of(entries, other))
        co_return result<void>();
    auto run = co_await c.store().run(a.run);
    if (!run && run.error().code == errc::not_found)
        co_return result<void>();
    if (!run)
        co_return run.error();
    if (run->state != run_state::attention)
        co_return result<void>();
    auto open = co_await has_open_items(c, a);
    if (!open)
        co_return open.error();
    ledger::update_run end(a.run);
    end.state = succeeds(entries, a, outcome) && !*open ? run_state::succeeded : run_state::failed;
    if (*end.state == run_state::succeeded && !run->error_code.empty()) {
        end.error_code = "";
        end.error_message = "";
    } else if (!run->error_code.empty()) {
        end.error_message = resolved_text(run->error_message, outcome);
    }
    auto told =
        make_event(events::run_finished, events::level::info,
             "job " + run->job + ": the run " + std::string(name(*end.state)) + ", as a person has decided", run->job);
    told.run = run->id.text();
    told.kind = run->kind;
    told.data["state"] = name(*end.state);
    all.push_back(std::move(end));
    all.push_back(ledger::append_event{std::move(told)});
    co_return result<void>();
}

events::event resolved_event(const ledger::attention_record& a, const std::string& outcome, std::uint32_t uid)
{
    auto e =
        make_event(events::attention_resolved, events::level::notice, "attention " + a.id + " resolved: " + outcome, a.job);
    e.run = a.run.text();
    e.account = a.account;
    e.data["attention"] = a.id;
    e.data["outcome"] = outcome;
    e.data["uid"] = uid;
    return e;
}

task<result<ledger::attention_record>> entry_of(shared_state& c, std::string id, std::vector<ledger::attention_record>& all)
{
    auto entries = co_await c.store().attention(false);
    if (!entries)
        co_return entries.error();
    all = std::move(*entries);
    const auto a = std::ranges::find(all, id, &ledger::attention_record::id);
    if (a == all.end())
        co_return error(errc::not_found, "there is no attention entry " + id);
    co_return *a;
}

} // namespace

task<result<ledger::attention_record>> resolve_entry(shared_state& c, std::string id, std::string outcome, std::uint32_t uid,
                                                     ledger::batch also)
{
    if (outcome != done && outcome != not_done && outcome != write_off)
        co_return error(errc::invalid_argument, "an outcome is done, not-done or write-off");
    auto turn = co_await c.attention_lock.acquire();
    if (!turn)
        co_return turn.error();
    std::vector<ledger::attention_record> entries;
    auto a = co_await entry_of(c, id, entries);
    if (!a)
        co_return a.error();
    if (!a->outcome.empty())
        co_return error(errc::conflict, "it was resolved before: " + a->outcome);
    ledger::batch all = std::move(also);
    auto effect = co_await settle_effect(c, *a, outcome, all);
    if (!effect)
        co_return effect.error();
    ledger::resolve_attention resolution;
    resolution.id = id;
    resolution.outcome = outcome;
    resolution.operator_uid = uid;
    resolution.at = c.wall();
    all.push_back(std::move(resolution));
    all.push_back(ledger::append_event{resolved_event(*a, outcome, uid)});
    auto run = co_await finish_run(c, entries, *a, outcome, all);
    if (!run)
        co_return run.error();
    ULAK_FAILPOINT("resolve/commit");
    auto stored = co_await c.deps.recorder.commit(std::move(all));
    ULAK_FAILPOINT("resolve/committed");
    if (!stored)
        co_return stored.error();
    co_return co_await entry_of(c, std::move(id), entries);
}

} // namespace ulak::engine
