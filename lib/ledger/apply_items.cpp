#include "ledger/detail/apply.hpp"
#include "ledger/detail/transitions.hpp"

#include <algorithm>

namespace ulak::ledger {

struct applier::stored_item {
    std::int64_t position = 0;
    item_state state = item_state::pending;
    std::int64_t segments = 0;
};

namespace {

/// What a change did to the counts of a run, written once at its end.
class item_count_changes {
  public:
    void add(item_state s, std::int64_t items, std::int64_t segments) noexcept
    {
        auto& sum = changes_[static_cast<std::size_t>(s)];
        sum.items += items;
        sum.segments += segments;
    }

    result<void> write(database& db, std::int64_t run)
    {
        for (std::size_t s = 0; s < changes_.size(); ++s) {
            const auto& sum = changes_[s];
            if (sum.items == 0 && sum.segments == 0)
                continue;
            auto done = db.execute("INSERT INTO item_totals(run_key,state,items,segments) VALUES(?1,?2,max(?3,0),?4)"
                               " ON CONFLICT DO UPDATE SET items=items+?3,segments=segments+?4",
                               run, static_cast<std::int64_t>(s), sum.items, sum.segments);
            if (!done)
                return done.error();
        }
        return {};
    }

  private:
    struct state_change {
        std::int64_t items = 0, segments = 0;
    };
    std::array<state_change, item_state_count> changes_{};
};

item_state state_at(const row& r, int column) noexcept
{
    return static_cast<item_state>(r.integer(column));
}

} // namespace

result<std::int64_t> applier::find_run_key(const run_id& run)
{
    auto key = db_.query_integer("SELECT key FROM runs WHERE id=?", run.text());
    if (!key)
        return key.error();
    if (!*key)
        return error(errc::not_found, "there is no run " + run.text());
    return **key;
}

result<std::optional<std::int64_t>> applier::find_effect_key(const effect_id& effect)
{
    if (effect.empty())
        return std::optional<std::int64_t>();
    auto key = db_.query_integer("SELECT key FROM effects WHERE id=?", effect.text());
    if (key && !*key)
        return error(errc::not_found, "there is no effect " + effect.text());
    return key;
}

result<void> applier::extend_item_span(std::int64_t effect, std::int64_t first, std::int64_t last)
{
    return ignore_count(db_.execute("UPDATE effects SET first_item=min(coalesce(first_item,?2),?2),"
                         "last_item=max(coalesce(last_item,?3),?3) WHERE key=?1",
                         effect, first, last));
}

result<void> applier::operator()(const add_items& c)
{
    auto run = find_run_key(c.run);
    if (!run)
        return run.error();
    item_count_changes counts;
    for (const auto& i : c.items) {
        auto effect = find_effect_key(i.effect);
        if (!effect)
            return effect.error();
        auto added = db_.execute("INSERT INTO items(run_key,position,phone,state,reason,text,segments,queue,effect)"
                             " VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT(run_key,position) DO NOTHING",
                             *run, i.position, i.phone, static_cast<std::int64_t>(i.state), i.reason, i.text,
                             std::int64_t(i.segments), i.queue, *effect);
        if (!added)
            return added.error();
        if (*added == 0)
            continue;
        counts.add(i.state, 1, i.segments);
        if (*effect)
            if (auto wide = extend_item_span(**effect, i.position, i.position); !wide)
                return wide;
    }
    return counts.write(db_, *run);
}

result<std::vector<applier::stored_item>> applier::items_at(std::int64_t run, const move_items& c)
{
    std::vector<stored_item> found;
    found.reserve(c.positions.size());
    for (const auto position : c.positions) {
        const auto before = found.size();
        auto keep = [&](const row& r) { found.push_back({position, state_at(r, 0), r.integer(1)}); };
        auto seen = db_.for_each_row("SELECT state,segments FROM items WHERE run_key=? AND position=?", keep, run, position);
        if (!seen)
            return seen.error();
        if (found.size() == before)
            return error(errc::not_found, "the run has no recipient " + std::to_string(position));
    }
    return found;
}

result<std::vector<applier::stored_item>> applier::items_of(std::int64_t run, const move_items& c)
{
    std::vector<stored_item> found;
    auto keep = [&](const row& r) { found.push_back({r.integer(0), state_at(r, 1), r.integer(2)}); };
    auto seen = db_.for_each_row("SELECT i.position,i.state,i.segments FROM effects e CROSS JOIN items i ON i.run_key=?2"
                         " AND i.position BETWEEN e.first_item AND e.last_item AND i.effect=e.key WHERE e.id=?1",
                         keep, c.by_effect.text(), run);
    if (!seen)
        return seen.error();
    return found;
}

result<void> applier::move_stored(std::int64_t run, const std::vector<stored_item>& items, const move_items& c)
{
    auto effect = find_effect_key(c.effect.value_or(effect_id()));
    if (!effect)
        return effect.error();
    item_count_changes counts;
    for (const auto& i : items) {
        // Whether the effect is proven harmless is the trigger's to see: it looks at the item's own effect.
        if (!may_follow(i.state, c.to, true))
            return error(errc::conflict, "recipient " + std::to_string(i.position) + " is " +
                                             std::string(name(i.state)) + " and cannot become " +
                                             std::string(name(c.to)));
        auto done = db_.execute("UPDATE items SET state=?3,reason=iif(?4='',reason,?4),effect=coalesce(?5,effect),"
                            "queue=coalesce(?6,queue) WHERE run_key=?1 AND position=?2",
                            run, i.position, static_cast<std::int64_t>(c.to), c.reason, *effect, c.queue);
        if (!done)
            return done.error();
        counts.add(i.state, -1, -i.segments);
        counts.add(c.to, 1, i.segments);
    }
    if (*effect && !items.empty()) {
        const auto [low, high] = std::ranges::minmax(items, {}, &stored_item::position);
        if (auto wide = extend_item_span(**effect, low.position, high.position); !wide)
            return wide;
    }
    return counts.write(db_, run);
}

result<void> applier::operator()(const move_items& c)
{
    auto run = find_run_key(c.run);
    if (!run)
        return run.error();
    auto items = c.by_effect.empty() ? items_at(*run, c) : items_of(*run, c);
    if (!items)
        return items.error();
    if (c.from)
        std::erase_if(*items, [&c](const stored_item& i) { return i.state != *c.from; });
    return move_stored(*run, *items, c);
}

} // namespace ulak::ledger
