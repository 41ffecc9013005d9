#include "ledger/detail/runs_table.hpp"

#include "ledger/detail/attention_table.hpp"
#include "ledger/detail/purged_keys.hpp"
#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"
#include "ledger/detail/transitions.hpp"

namespace ulak::ledger {
namespace {

constexpr std::string_view select_run =
    "SELECT id,job,kind,state,started_by,unique_key,definition,params,progress,counts,result,error_code,error_message,"
    "created_at,due_at,started_at,finished_at,spent,spent_unit,cancel_asked,only_items,of_run,waits_for,waits_until"
    " FROM runs";

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
    out.only = r.text(20);
    out.of = run_id(r.text(21));
    out.waits = run_wait(r.text(22), r.optional_time(23));
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

std::optional<std::string_view> state_name(const std::optional<run_state>& s)
{
    if (!s)
        return std::nullopt;
    return name(*s);
}

} // namespace

result<void> runs_table::create(const create_run& c)
{
    const auto& r = c.run;
    if (!r.unique_key.empty()) {
        auto taken = db_.query_text("SELECT id FROM runs WHERE unique_key=?", r.unique_key);
        if (!taken)
            return taken.error();
        if (*taken)
            return error(errc::conflict, "run " + **taken + " already has the key " + r.unique_key);
        if (auto unused = purged_keys(db_).require_unused(r.unique_key); !unused)
            return unused;
    }
    return ignore_count(
        db_.execute("INSERT INTO runs(id,job,kind,state,started_by,unique_key,params,progress,counts,result,"
                    "error_code,error_message,created_at,due_at,started_at,finished_at,cancel_asked,definition,"
                    "only_items,of_run) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    r.id.text(), r.job, r.kind, name(r.state), r.trigger, r.unique_key, r.params, r.progress, r.counts,
                    r.result, r.error_code, r.error_message, r.created_at, r.due_at, r.started_at, r.finished_at,
                    std::int64_t(r.cancel_asked), r.definition, r.only, r.of.text()));
}

result<void> runs_table::check_transition(const std::string& id, run_state to)
{
    auto now = db_.query_text("SELECT state FROM runs WHERE id=?", id);
    if (!now)
        return now.error();
    if (!*now)
        return error(errc::not_found, "there is no run " + id);
    auto open = attention_table(db_).count_open(id);
    if (!open)
        return open.error();
    const auto from = parse_run_state(**now).value_or(run_state::queued);
    if (!may_follow(from, to, *open > 0))
        return error(errc::conflict, "run " + id + " is " + **now + " and cannot become " + std::string(name(to)));
    return {};
}

result<void> runs_table::update(const update_run& c)
{
    const auto& id = c.id.text();
    if (c.state) {
        if (auto allowed = check_transition(id, *c.state); !allowed)
            return allowed;
    }
    std::optional<std::int64_t> cancel;
    if (c.cancel_asked)
        cancel = *c.cancel_asked;
    std::optional<std::string> waits_for;
    std::optional<wall_point> waits_until;
    const bool ends_wait = c.state && *c.state != run_state::paused;
    if (c.waits || ends_wait) {
        const run_wait waits = c.waits.value_or(run_wait());
        waits_for = waits.what;
        waits_until = waits.until;
    }
    // A new result or progress may hold a code again.
    const std::int64_t may_hold_code = c.result || c.progress;
    auto changed =
        db_.execute("UPDATE runs SET state=coalesce(?2,state),progress=coalesce(?3,progress),"
                    "counts=coalesce(?4,counts),result=coalesce(?5,result),error_code=coalesce(?6,error_code),"
                    "error_message=coalesce(?7,error_message),started_at=coalesce(?8,started_at),"
                    "finished_at=coalesce(?9,finished_at),cancel_asked=coalesce(?10,cancel_asked),"
                    "code_wiped=iif(?11,0,code_wiped),waits_until=iif(?12 IS NULL,waits_until,?13),"
                    "waits_for=coalesce(?12,waits_for) WHERE id=?1",
                    id, state_name(c.state), c.progress, c.counts, c.result, c.error_code, c.error_message,
                    c.started_at, c.finished_at, cancel, may_hold_code, waits_for, waits_until);
    return require_change(std::move(changed), "there is no run " + id);
}

result<void> runs_table::require(const run_id& id)
{
    auto found = db_.query_integer("SELECT 1 FROM runs WHERE id=?", id.text());
    if (!found)
        return found.error();
    if (!*found)
        return error(errc::not_found, "there is no run " + id.text());
    return {};
}

result<std::int64_t> runs_table::key_of(const run_id& id)
{
    auto key = db_.query_integer("SELECT key FROM runs WHERE id=?", id.text());
    if (!key)
        return key.error();
    if (!*key)
        return error(errc::not_found, "there is no run " + id.text());
    return **key;
}

result<run_record> runs_table::find(const run_id& id)
{
    auto found = find_run(db_, " WHERE id=?", id.text());
    if (!found)
        return found.error();
    if (!*found)
        return error(errc::not_found, "there is no run " + id.text());
    return **std::move(found);
}

result<std::optional<run_record>> runs_table::find_by_key(const std::string& unique_key)
{
    auto found = find_run(db_, " WHERE unique_key=? AND unique_key<>''", unique_key);
    if (!found || *found || unique_key.empty())
        return found;
    if (auto unused = purged_keys(db_).require_unused(unique_key); !unused)
        return unused.error();
    return found;
}

result<std::vector<run_record>> runs_table::list(const run_query& q)
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
    return collect(db_, sql + " LIMIT ?4", read_run, q.job, json_names(q.states), q.before, to_limit(q.limit));
}

} // namespace ulak::ledger
