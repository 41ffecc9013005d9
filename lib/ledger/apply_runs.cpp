#include "ledger/detail/apply.hpp"
#include "ledger/detail/transitions.hpp"

namespace ulak::ledger {

result<void> require_change(result<std::int64_t> changed, const std::string& missing)
{
    if (!changed)
        return changed.error();
    if (*changed == 0)
        return error(errc::not_found, missing);
    return {};
}

result<void> ignore_count(result<std::int64_t> changed)
{
    if (!changed)
        return changed.error();
    return {};
}

result<void> applier::operator()(const create_run& c)
{
    const auto& r = c.run;
    if (!r.unique_key.empty()) {
        auto taken = db_.query_text("SELECT id FROM runs WHERE unique_key=?", r.unique_key);
        if (!taken)
            return taken.error();
        if (*taken)
            return error(errc::conflict, "run " + **taken + " already has the key " + r.unique_key);
    }
    return ignore_count(db_.execute("INSERT INTO runs(id,job,kind,state,started_by,unique_key,params,progress,counts,result,"
                         "error_code,error_message,created_at,due_at,started_at,finished_at,cancel_asked,definition)"
                         " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                         r.id.text(), r.job, r.kind, name(r.state), r.trigger, r.unique_key, r.params, r.progress,
                         r.counts, r.result, r.error_code, r.error_message, r.created_at, r.due_at, r.started_at,
                         r.finished_at, std::int64_t(r.cancel_asked), r.definition));
}

namespace {

result<void> check_move(database& db, const std::string& id, run_state to)
{
    auto now = db.query_text("SELECT state FROM runs WHERE id=?", id);
    if (!now)
        return now.error();
    if (!*now)
        return error(errc::not_found, "there is no run " + id);
    auto open = db.query_integer("SELECT count(*) FROM attention WHERE run=? AND outcome=''", id);
    if (!open)
        return open.error();
    const auto from = parse_run_state(**now).value_or(run_state::queued);
    if (!may_follow(from, to, open->value_or(0) > 0))
        return error(errc::conflict, "run " + id + " is " + **now + " and cannot become " + std::string(name(to)));
    return {};
}

std::optional<std::string_view> state_name(const std::optional<run_state>& s)
{
    if (!s)
        return std::nullopt;
    return name(*s);
}

} // namespace

result<void> applier::operator()(const update_run& c)
{
    const auto& id = c.id.text();
    if (c.state) {
        if (auto allowed = check_move(db_, id, *c.state); !allowed)
            return allowed;
    }
    std::optional<std::int64_t> cancel;
    if (c.cancel_asked)
        cancel = *c.cancel_asked;
    // A new result or progress may hold a code again.
    const std::int64_t may_hold_code = c.result || c.progress;
    auto changed = db_.execute("UPDATE runs SET state=coalesce(?2,state),progress=coalesce(?3,progress),"
                           "counts=coalesce(?4,counts),result=coalesce(?5,result),error_code=coalesce(?6,error_code),"
                           "error_message=coalesce(?7,error_message),started_at=coalesce(?8,started_at),"
                           "finished_at=coalesce(?9,finished_at),cancel_asked=coalesce(?10,cancel_asked),"
                           "code_wiped=iif(?11,0,code_wiped) WHERE id=?1",
                           id, state_name(c.state), c.progress, c.counts, c.result, c.error_code, c.error_message,
                           c.started_at, c.finished_at, cancel, may_hold_code);
    return require_change(std::move(changed), "there is no run " + id);
}

result<void> applier::check_run_exists(const std::string& run)
{
    auto found = db_.query_integer("SELECT 1 FROM runs WHERE id=?", run);
    if (!found)
        return found.error();
    if (!*found)
        return error(errc::not_found, "there is no run " + run);
    return {};
}

} // namespace ulak::ledger
