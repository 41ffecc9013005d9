#include "ledger/detail/apply.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::ledger {

result<void> applier::operator()(const set_watermark& c)
{
    return ignore_count(
        db_.execute("INSERT INTO watermarks(job,schedule,at) VALUES(?,?,?) ON CONFLICT DO UPDATE SET at=excluded.at", c.job,
                c.schedule_text, c.at));
}

result<void> applier::operator()(const append_event& c)
{
    const auto& e = c.event;
    auto done = db_.execute("INSERT INTO events(at,what,severity,message,job,run,kind,account,provider,item,data)"
                        " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                        e.time, e.name, static_cast<std::int64_t>(e.severity), e.message, e.job, e.run, e.kind,
                        e.account, e.provider, e.item, boost::json::serialize(e.data));
    if (!done)
        return done.error();
    result_.event_seqs.push_back(db_.last_insert_key());
    return {};
}

result<void> applier::reopen_attention(const attention_record& a)
{
    // Raised again while open: what is known has grown. After it was settled only another trouble opens it again.
    auto changed = db_.execute("UPDATE attention SET kind=?2,amount=?3,unit=?4,evidence=?5,at=iif(outcome='',at,?6),"
                           "outcome='',resolved_by=NULL,resolved_at=NULL WHERE id=?1 AND (outcome='' OR kind<>?2)",
                           a.id, a.kind, a.amount.amount, a.amount.unit, a.evidence, a.at);
    if (changed && *changed == 0)
        return error(errc::conflict, "the attention entry " + a.id + " is already settled");
    return ignore_count(std::move(changed));
}

result<void> applier::operator()(const raise_attention& c)
{
    const auto& a = c.entry;
    auto known = db_.query_integer("SELECT 1 FROM attention WHERE id=?", a.id);
    if (!known)
        return known.error();
    if (*known)
        return reopen_attention(a);
    return ignore_count(db_.execute("INSERT INTO attention(id,run,job,account,kind,amount,unit,at,evidence,effect,outcome)"
                         " VALUES(?,?,?,?,?,?,?,?,?,?,'')",
                         a.id, a.run.text(), a.job, a.account, a.kind, a.amount.amount, a.amount.unit, a.at, a.evidence,
                         a.effect.text()));
}

result<void> applier::operator()(const resolve_attention& c)
{
    if (c.outcome != "done" && c.outcome != "not-done" && c.outcome != "write-off")
        return error(errc::invalid_argument, "the outcome is done, not-done or write-off");
    auto now = db_.query_text("SELECT outcome FROM attention WHERE id=?", c.id);
    if (!now)
        return now.error();
    if (!*now)
        return error(errc::not_found, "there is no attention entry " + c.id);
    if (!(*now)->empty())
        return error(errc::conflict, "the attention entry " + c.id + " is already settled as " + **now);
    return ignore_count(db_.execute("UPDATE attention SET outcome=?2,resolved_by=?3,resolved_at=?4 WHERE id=?1", c.id, c.outcome,
                         std::int64_t(c.operator_uid), c.at));
}

result<void> applier::operator()(const put_notice& c)
{
    const auto& n = c.notice;
    return ignore_count(db_.execute("INSERT INTO notices(id,channel,moment,body,attempts,next_at,last_error,sent,given_up)"
                         " VALUES(?,?,?,?,?,?,?,?,?)",
                         n.id.text(), n.channel, n.moment, n.body, std::int64_t(n.attempts), n.next_at, n.last_error,
                         std::int64_t(n.sent), std::int64_t(n.given_up)));
}

result<void> applier::operator()(const update_notice& c)
{
    auto changed =
        db_.execute("UPDATE notices SET sent=?2,given_up=?3,attempts=?4,next_at=?5,last_error=?6 WHERE id=?1", c.id.text(),
                std::int64_t(c.sent), std::int64_t(c.given_up), std::int64_t(c.attempts), c.next_at, c.last_error);
    return require_change(std::move(changed), "there is no notice " + c.id.text());
}

result<void> applier::operator()(const suppress& c)
{
    return ignore_count(db_.execute("INSERT INTO suppressions(phone,reason,at) VALUES(?,?,?)"
                         " ON CONFLICT DO UPDATE SET reason=excluded.reason,at=excluded.at",
                         c.entry.phone, c.entry.reason, c.entry.at));
}

result<void> applier::operator()(const unsuppress& c)
{
    return ignore_count(db_.execute("DELETE FROM suppressions WHERE phone=?", c.phone));
}

result<void> applier::operator()(const record_balance& c)
{
    const auto& b = c.balance;
    return ignore_count(db_.execute("INSERT INTO balances(account,amount,unit,at) VALUES(?,?,?,?)", b.account, b.balance.amount,
                         b.balance.unit, b.at));
}

result<void> applier::operator()(const put_setting& c)
{
    if (c.value.empty())
        return ignore_count(db_.execute("DELETE FROM settings WHERE name=?", c.name));
    return ignore_count(db_.execute("INSERT INTO settings(name,value) VALUES(?,?) ON CONFLICT DO UPDATE SET value=excluded.value",
                         c.name, c.value));
}

} // namespace ulak::ledger
