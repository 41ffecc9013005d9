#include "ledger/detail/item_totals.hpp"

namespace ulak::ledger {
void item_totals::add(item_state s, std::int64_t items, std::int64_t segments) noexcept
{
    auto& sum = changes_[static_cast<std::size_t>(s)];
    sum.items += items;
    sum.segments += segments;
}

result<void> item_totals::write(database& db, std::int64_t run)
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

result<item_counts> item_totals::read(database& db, const run_id& run)
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

} // namespace ulak::ledger
