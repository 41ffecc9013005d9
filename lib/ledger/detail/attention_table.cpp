#include "ledger/detail/attention_table.hpp"

#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
namespace {

constexpr std::string_view select_attention =
    "SELECT id,run,job,account,kind,amount,unit,at,evidence,effect,outcome,resolved_by,resolved_at FROM attention";

attention_record read_attention(const row& r)
{
    attention_record out;
    out.id = r.text(0);
    out.run = run_id(r.text(1));
    out.job = r.text(2);
    out.account = r.text(3);
    out.kind = r.text(4);
    out.amount = money(r.amount(5), r.text(6));
    out.at = r.time(7);
    out.evidence = r.text(8);
    out.effect = effect_id(r.text(9));
    out.outcome = r.text(10);
    if (!r.is_null(11))
        out.resolved_by = static_cast<std::uint32_t>(r.integer(11));
    out.resolved_at = r.optional_time(12);
    return out;
}

} // namespace

result<void> attention_table::reopen(const attention_record& a)
{
    // An open entry takes what is known by now. A settled one is opened again only by a problem of another kind.
    auto changed = db_.execute("UPDATE attention SET kind=?2,amount=?3,unit=?4,evidence=?5,at=iif(outcome='',at,?6),"
                               "outcome='',resolved_by=NULL,resolved_at=NULL WHERE id=?1 AND (outcome='' OR kind<>?2)",
                               a.id, a.kind, a.amount.amount, a.amount.unit, a.evidence, a.at);
    if (changed && *changed == 0)
        return error(errc::conflict, "the attention entry " + a.id + " is already settled");
    return ignore_count(std::move(changed));
}

result<void> attention_table::raise(const raise_attention& c)
{
    const auto& a = c.entry;
    auto known = db_.query_integer("SELECT 1 FROM attention WHERE id=?", a.id);
    if (!known)
        return known.error();
    if (*known)
        return reopen(a);
    return ignore_count(
        db_.execute("INSERT INTO attention(id,run,job,account,kind,amount,unit,at,evidence,effect,outcome)"
                    " VALUES(?,?,?,?,?,?,?,?,?,?,'')",
                    a.id, a.run.text(), a.job, a.account, a.kind, a.amount.amount, a.amount.unit, a.at, a.evidence,
                    a.effect.text()));
}

result<void> attention_table::resolve(const resolve_attention& c)
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
    return ignore_count(db_.execute("UPDATE attention SET outcome=?2,resolved_by=?3,resolved_at=?4 WHERE id=?1", c.id,
                                    c.outcome, std::int64_t(c.operator_uid), c.at));
}

result<std::int64_t> attention_table::count_open(const std::string& run)
{
    auto open = db_.query_integer("SELECT count(*) FROM attention WHERE run=? AND outcome=''", run);
    if (!open)
        return open.error();
    return open->value_or(0);
}

result<std::int64_t> attention_table::count_all_open()
{
    auto open = db_.query_integer("SELECT count(*) FROM attention WHERE outcome=''");
    if (!open)
        return open.error();
    return open->value_or(0);
}

result<std::vector<attention_record>> attention_table::list(bool open_only)
{
    std::string sql(select_attention);
    if (open_only)
        sql += " WHERE outcome=''";
    return collect(db_, sql + " ORDER BY at,id", read_attention);
}

result<std::vector<attention_record>> attention_table::page(const attention_query& q)
{
    std::string sql(select_attention);
    sql += q.open_only ? " WHERE outcome=''" : " WHERE 1";
    if (q.after.empty())
        return collect(db_, sql + " ORDER BY at,id LIMIT ?", read_attention, to_limit(q.limit));
    sql += " AND (at,id)>(SELECT at,id FROM attention WHERE id=?)";
    return collect(db_, sql + " ORDER BY at,id LIMIT ?", read_attention, q.after, to_limit(q.limit));
}

} // namespace ulak::ledger
