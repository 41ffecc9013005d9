#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/reads.hpp"
#include "ledger/detail/transitions.hpp"

namespace ulak::ledger::reads {
namespace {

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
    return out;
}

} // namespace

result<std::vector<item_record>> items(database& db, const item_query& q)
{
    std::string sql = "SELECT i.position,i.phone,i.state,i.reason,i.text,i.segments,i.queue,"
                      "(SELECT e.id FROM effects e WHERE e.key=i.effect) FROM items i"
                      " WHERE i.run_key=(SELECT key FROM runs WHERE id=?1) AND i.position>?2";
    if (!q.states.empty())
        sql += " AND i.state IN(SELECT value FROM json_each(?3))";
    sql += " ORDER BY i.position LIMIT ?4";
    return collect(db, sql, read_item, q.run.text(), q.after, json_numbers(q.states), to_limit(q.limit));
}

result<item_counts> count_items(database& db, const run_id& run)
{
    item_counts counts;
    auto keep = [&counts](const row& r) {
        const auto state = static_cast<std::size_t>(r.integer(0));
        counts.by_state.at(state) = r.integer(1);
        if (static_cast<item_state>(state) != item_state::skipped)
            counts.segments += r.integer(2);
    };
    auto seen = db.for_each_row("SELECT t.state,t.items,t.segments FROM item_totals t JOIN runs r ON r.key=t.run_key"
                        " WHERE r.id=?",
                        keep, run.text());
    if (!seen)
        return seen.error();
    return counts;
}

result<std::vector<std::string>> messaged_since(database& db, const std::vector<std::string>& phones, wall_point since)
{
    std::vector<std::string> found;
    for (const auto& phone : phones) {
        // The time is that of the send which holds the recipient.
        auto hit =
            db.query_integer("SELECT 1 FROM items i JOIN runs r ON r.key=i.run_key LEFT JOIN effects e ON e.key=i.effect"
                      " WHERE i.phone=?1 AND i.state IN(2,3,4,7)"
                      " AND coalesce(e.dispatched_at,e.intended_at,r.started_at,r.created_at)>=?2 LIMIT 1",
                      phone, since);
        if (!hit)
            return hit.error();
        if (*hit)
            found.push_back(phone);
    }
    return found;
}

} // namespace ulak::ledger::reads
