#include "ledger/detail/watermarks_table.hpp"

#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
result<void> watermarks_table::set(const set_watermark& c)
{
    return ignore_count(
        db_.execute("INSERT INTO watermarks(job,schedule,at) VALUES(?,?,?) ON CONFLICT DO UPDATE SET at=excluded.at",
                    c.job, c.schedule_text, c.at));
}

result<std::optional<wall_point>> watermarks_table::find(const std::string& job, const std::string& schedule)
{
    auto at = db_.query_integer("SELECT at FROM watermarks WHERE job=? AND schedule=?", job, schedule);
    if (!at)
        return at.error();
    if (!*at)
        return std::optional<wall_point>();
    return std::optional<wall_point>(from_unix_ms(**at));
}

} // namespace ulak::ledger
