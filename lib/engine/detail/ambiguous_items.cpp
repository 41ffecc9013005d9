#include "engine/detail/ambiguous_items.hpp"

#include "core/json_text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::engine {

using ledger::item_state;

namespace {

ledger::item_query ambiguous_items_of(const run_id& run)
{
    ledger::item_query q;
    q.run = run;
    q.states = {item_state::ambiguous};
    return q;
}

/// The stored counts with `moved` recipients taken from `ambiguous`; nullopt if they cannot be read.
std::optional<std::string> shifted(const std::string& counts, const char* to, std::int64_t moved)
{
    auto read = parse_json(counts, counts.size() + 1);
    if (!read || !read->is_object())
        return std::nullopt;
    const auto add = [&](std::string_view key, std::int64_t n) {
        boost::json::value& v = read->get_object()[key];
        v = (v.is_int64() ? v.get_int64() : 0) + n;
    };
    add("ambiguous", -moved);
    add(to, moved);
    return boost::json::serialize(*read);
}

} // namespace

task<result<std::int64_t>> count_ambiguous_items(ledger::ledger& store, const ledger::effect_record& effect)
{
    auto q = ambiguous_items_of(effect.run);
    std::int64_t n = 0;
    while (true) {
        auto page = co_await store.items(q);
        if (!page)
            co_return page.error();
        n += std::ranges::count(*page, effect.id, &ledger::item_record::effect);
        if (page->size() < q.limit)
            co_return n;
        q.after = page->back().position;
    }
}

task<result<std::optional<ledger::update_run>>> counts_after(ledger::ledger& store, const ledger::effect_record& effect,
                                                             const attention_decision& decision)
{
    std::optional<ledger::update_run> none;
    auto run = co_await store.run(effect.run);
    if (!run || run->state != ledger::run_state::attention || run->counts.empty())
        co_return none;
    auto moved = co_await count_ambiguous_items(store, effect);
    if (!moved)
        co_return moved.error();
    auto counts = shifted(run->counts, decision.outcome == outcome_done ? "submitted" : "rejected", *moved);
    if (!counts)
        co_return none;
    ledger::update_run shown(effect.run);
    shown.counts = std::move(*counts);
    co_return std::optional(std::move(shown));
}

task<result<bool>> has_other_open_items(ledger::ledger& store, const ledger::attention_record& entry)
{
    auto counts = co_await store.count_items(entry.run);
    if (!counts)
        co_return counts.error();
    const auto count_of = [&](item_state s) { return counts->by_state[static_cast<std::size_t>(s)]; };
    if (count_of(item_state::pending) + count_of(item_state::submitting) > 0)
        co_return true;
    if (count_of(item_state::ambiguous) == 0)
        co_return false;
    auto q = ambiguous_items_of(entry.run);
    while (true) {
        auto page = co_await store.items(q);
        if (!page)
            co_return page.error();
        const auto is_other = [&](const ledger::item_record& i) {
            return entry.effect.empty() || i.effect != entry.effect;
        };
        if (std::ranges::any_of(*page, is_other))
            co_return true;
        if (page->size() < q.limit)
            co_return false;
        q.after = page->back().position;
    }
}

} // namespace ulak::engine
