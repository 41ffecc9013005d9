#include "ledger/detail/notices_table.hpp"

#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
namespace {

notice_record read_notice(const row& r)
{
    notice_record out;
    out.id = notice_id(r.text(0));
    out.channel = r.text(1);
    out.moment = r.text(2);
    out.body = r.text(3);
    out.attempts = static_cast<int>(r.integer(4));
    out.next_at = r.time(5);
    out.last_error = r.text(6);
    out.sent = r.integer(7) != 0;
    out.given_up = r.integer(8) != 0;
    return out;
}

} // namespace

result<void> notices_table::put(const put_notice& c)
{
    const auto& n = c.notice;
    return ignore_count(
        db_.execute("INSERT INTO notices(id,channel,moment,body,attempts,next_at,last_error,sent,given_up)"
                    " VALUES(?,?,?,?,?,?,?,?,?)",
                    n.id.text(), n.channel, n.moment, n.body, std::int64_t(n.attempts), n.next_at, n.last_error,
                    std::int64_t(n.sent), std::int64_t(n.given_up)));
}

result<void> notices_table::update(const update_notice& c)
{
    auto changed = db_.execute(
        "UPDATE notices SET sent=?2,given_up=?3,attempts=?4,next_at=?5,last_error=?6 WHERE id=?1", c.id.text(),
        std::int64_t(c.sent), std::int64_t(c.given_up), std::int64_t(c.attempts), c.next_at, c.last_error);
    return require_change(std::move(changed), "there is no notice " + c.id.text());
}

result<std::vector<notice_record>> notices_table::due(wall_point now, std::size_t limit)
{
    return collect(db_,
                   "SELECT id,channel,moment,body,attempts,next_at,last_error,sent,given_up FROM notices"
                   " WHERE sent=0 AND given_up=0 AND next_at<=? ORDER BY next_at,id LIMIT ?",
                   read_notice, now, to_limit(limit));
}

} // namespace ulak::ledger
