#include "ledger/detail/items_table.hpp"

#include "ledger/detail/effects_table.hpp"
#include "ledger/detail/item_totals.hpp"
#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/runs_table.hpp"
#include "ledger/detail/transitions.hpp"

#include <algorithm>

namespace ulak::ledger {
struct items_table::stored_item {
    std::int64_t position = 0;
    item_state state = item_state::pending;
    std::int64_t segments = 0;
};

namespace {

item_state state_at(const row& r, int column) noexcept
{
    return static_cast<item_state>(r.integer(column));
}

item_record read_item(const row& r)
{
    item_record out;
    out.position = r.integer(0);
    out.phone = r.text(1);
    out.state = static_cast<item_state>(r.integer(2));
    out.reason = r.text(3);
    out.text = r.text(4);
    out.segments = static_cast<int>(r.integer(5));
    out.queue = r.text(6);
    out.effect = effect_id(r.text(7));
    out.holds = r.integer(8) != 0;
    return out;
}

} // namespace

result<void> items_table::add(const add_items& c)
{
    auto run = runs_table(db_).key_of(c.run);
    if (!run)
        return run.error();
    effects_table effects(db_);
    item_totals counts;
    for (const auto& i : c.items) {
        auto effect = effects.key_of(i.effect);
        if (!effect)
            return effect.error();
        auto added =
            db_.execute("INSERT INTO items(run_key,position,phone,state,reason,text,segments,queue,effect,holds)"
                        " VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(run_key,position) DO NOTHING",
                        *run, i.position, i.phone, static_cast<std::int64_t>(i.state), i.reason, i.text,
                        std::int64_t(i.segments), i.queue, *effect, std::int64_t(i.state != item_state::skipped));
        if (!added)
            return added.error();
        if (*added == 0)
            continue;
        counts.add(i.state, 1, i.segments);
        if (*effect)
            if (auto wide = effects.extend_item_span(**effect, i.position, i.position); !wide)
                return wide;
    }
    return counts.write(db_, *run);
}

result<std::vector<items_table::stored_item>> items_table::items_at(std::int64_t run, const move_items& c)
{
    std::vector<stored_item> found;
    found.reserve(c.positions.size());
    for (const auto position : c.positions) {
        const auto before = found.size();
        auto keep = [&](const row& r) { found.push_back({position, state_at(r, 0), r.integer(1)}); };
        auto seen =
            db_.for_each_row("SELECT state,segments FROM items WHERE run_key=? AND position=?", keep, run, position);
        if (!seen)
            return seen.error();
        if (found.size() == before)
            return error(errc::not_found, "the run has no recipient " + std::to_string(position));
    }
    return found;
}

result<std::vector<items_table::stored_item>> items_table::items_of(std::int64_t run, const move_items& c)
{
    std::vector<stored_item> found;
    auto keep = [&](const row& r) { found.push_back({r.integer(0), state_at(r, 1), r.integer(2)}); };
    auto seen =
        db_.for_each_row("SELECT i.position,i.state,i.segments FROM effects e CROSS JOIN items i ON i.run_key=?2"
                         " AND i.position BETWEEN e.first_item AND e.last_item AND i.effect=e.key WHERE e.id=?1",
                         keep, c.by_effect.text(), run);
    if (!seen)
        return seen.error();
    return found;
}

result<void> items_table::move_stored(std::int64_t run, const std::vector<stored_item>& items, const move_items& c)
{
    effects_table effects(db_);
    auto effect = effects.key_of(c.effect.value_or(effect_id()));
    if (!effect)
        return effect.error();
    item_totals counts;
    for (const auto& i : items) {
        // A trigger of the schema checks that the item's own effect is proven harmless.
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
        if (auto wide = effects.extend_item_span(**effect, low.position, high.position); !wide)
            return wide;
    }
    return counts.write(db_, run);
}

result<void> items_table::move(const move_items& c)
{
    auto run = runs_table(db_).key_of(c.run);
    if (!run)
        return run.error();
    auto items = c.by_effect.empty() ? items_at(*run, c) : items_of(*run, c);
    if (!items)
        return items.error();
    const auto named = items->size();
    if (c.from)
        std::erase_if(*items, [&c](const stored_item& i) { return i.state != *c.from; });
    if (c.all_or_none && items->size() != named)
        return error(errc::conflict, std::to_string(named - items->size()) + " recipients are not " +
                                         std::string(name(*c.from)) + " any more");
    return move_stored(*run, *items, c);
}

result<std::vector<item_record>> items_table::list(const item_query& q)
{
    std::string sql = "SELECT i.position,i.phone,i.state,i.reason,i.text,i.segments,i.queue,"
                      "(SELECT e.id FROM effects e WHERE e.key=i.effect),i.holds FROM items i"
                      " WHERE i.run_key=(SELECT key FROM runs WHERE id=?1) AND i.position>?2";
    if (!q.states.empty())
        sql += " AND i.state IN(SELECT value FROM json_each(?3))";
    sql += " ORDER BY i.position LIMIT ?4";
    return collect(db_, sql, read_item, q.run.text(), q.after, json_numbers(q.states), to_limit(q.limit));
}

} // namespace ulak::ledger
