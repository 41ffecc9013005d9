#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/reads.hpp"
#include "ledger/detail/transitions.hpp"

namespace ulak::ledger::reads {
namespace {

constexpr std::string_view select_run =
    "SELECT id,job,kind,state,started_by,unique_key,definition,params,progress,counts,result,error_code,error_message,"
    "created_at,due_at,started_at,finished_at,spent,spent_unit,cancel_asked FROM runs";

run_record read_run(const row& r)
{
    run_record out;
    out.id = run_id(r.text(0));
    out.job = r.text(1);
    out.kind = r.text(2);
    out.state = parse_run_state(r.text(3)).value_or(run_state::queued);
    out.trigger = r.text(4);
    out.unique_key = r.text(5);
    out.definition = r.text(6);
    out.params = r.text(7);
    out.progress = r.text(8);
    out.counts = r.text(9);
    out.result = r.text(10);
    out.error_code = r.text(11);
    out.error_message = r.text(12);
    out.created_at = r.time(13);
    out.due_at = r.optional_time(14);
    out.started_at = r.optional_time(15);
    out.finished_at = r.optional_time(16);
    out.spent = money(r.amount(17), r.text(18));
    out.cancel_asked = r.integer(19) != 0;
    return out;
}

template<class Value>
result<std::optional<run_record>> find_run(database& db, std::string_view condition, const Value& value)
{
    auto found = collect(db, std::string(select_run).append(condition), read_run, value);
    if (!found)
        return found.error();
    if (found->empty())
        return std::optional<run_record>();
    return std::optional<run_record>(std::move(found->front()));
}

} // namespace

result<run_record> run(database& db, const run_id& id)
{
    auto found = find_run(db, " WHERE id=?", id.text());
    if (!found)
        return found.error();
    if (!*found)
        return error(errc::not_found, "there is no run " + id.text());
    return **std::move(found);
}

result<std::optional<run_record>> run_by_key(database& db, const std::string& unique_key)
{
    return find_run(db, " WHERE unique_key=? AND unique_key<>''", unique_key);
}

result<std::vector<run_record>> runs(database& db, const run_query& q)
{
    std::string sql(select_run);
    sql += " WHERE ?1 IS NOT NULL";
    if (!q.job.empty())
        sql += " AND job=?1";
    if (!q.states.empty())
        sql += " AND state IN(SELECT value FROM json_each(?2))";
    if (!q.before.empty())
        sql += " AND id<?3";
    sql += q.oldest_first ? " ORDER BY id" : " ORDER BY id DESC";
    return collect(db, sql + " LIMIT ?4", read_run, q.job, json_names(q.states), q.before, to_limit(q.limit));
}

result<std::optional<wall_point>> watermark(database& db, const std::string& job, const std::string& schedule)
{
    auto at = db.query_integer("SELECT at FROM watermarks WHERE job=? AND schedule=?", job, schedule);
    if (!at)
        return at.error();
    if (!*at)
        return std::optional<wall_point>();
    return std::optional<wall_point>(from_unix_ms(**at));
}

} // namespace ulak::ledger::reads
