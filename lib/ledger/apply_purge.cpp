// Retention. What still waits for a person or for evidence is kept, however old.
#include "ledger/apply.hpp"

namespace ulak::ledger {
namespace {

/// Keys of ended runs, older than ?1, that nobody has to look at again. `AND_ONLY`: a condition that leaves out those
/// of which nothing is left to be forgotten, before anything else is asked about them.
#define ULAK_ENDED_RUNS(AND_ONLY)                                                                                      \
    "SELECT r.key FROM runs r INDEXED BY runs_finished WHERE r.finished_at<?1" AND_ONLY                                \
    " AND r.state IN('succeeded','failed','cancelled','attention')"                                                    \
    " AND NOT EXISTS(SELECT 1 FROM attention a WHERE a.run=r.id AND a.outcome='')"                                     \
    " AND NOT EXISTS(SELECT 1 FROM effects e WHERE e.run=r.id"                                                         \
    "   AND e.state IN('intent','dispatched','ambiguous','orphaned'))"
#define ULAK_WITH_ITEMS " AND EXISTS(SELECT 1 FROM item_totals t WHERE t.run_key=r.key)"
#define ULAK_WITH_TEXT " AND r.definition<>''"

result<void> run_all(database& db, wall_point before, std::initializer_list<const char*> statements)
{
    for (const auto* sql : statements)
        if (auto done = db.run(sql, before); !done)
            return done.error();
    return {};
}

} // namespace

result<void> applier::operator()(const purge& c)
{
    if (c.codes_before)
        if (auto done = purge_codes(*c.codes_before); !done)
            return done;
    if (c.items_before)
        if (auto done = purge_items(*c.items_before); !done)
            return done;
    if (c.runs_before)
        return purge_runs(*c.runs_before);
    return {};
}

result<void> applier::purge_items(wall_point before)
{
    return run_all(db_, before,
                   {"DELETE FROM items WHERE run_key IN(" ULAK_ENDED_RUNS(ULAK_WITH_ITEMS) ")",
                    "DELETE FROM item_totals WHERE run_key IN(" ULAK_ENDED_RUNS(ULAK_WITH_ITEMS) ")",
                    // The job's text can name recipients and the message.
                    "UPDATE runs SET definition='' WHERE key IN(" ULAK_ENDED_RUNS(ULAK_WITH_TEXT) ")"});
}

result<void> applier::purge_runs(wall_point before)
{
    return run_all(db_, before,
                   {"DELETE FROM items WHERE run_key IN(" ULAK_ENDED_RUNS(ULAK_WITH_ITEMS) ")",
                    "DELETE FROM item_totals WHERE run_key IN(" ULAK_ENDED_RUNS(ULAK_WITH_ITEMS) ")",
                    "DELETE FROM runs WHERE key IN(" ULAK_ENDED_RUNS("") ")",
                    // Events come in the order of time, so the scan ends at the first young one.
                    "DELETE FROM events WHERE seq<coalesce((SELECT seq FROM events WHERE at>=?1 ORDER BY seq LIMIT 1),"
                    "(SELECT max(seq)+1 FROM events))",
                    "DELETE FROM notices WHERE next_at<?1 AND (sent OR given_up)",
                    "DELETE FROM attention WHERE outcome<>'' AND resolved_at<?1", "DELETE FROM balances WHERE at<?1"});
}

#undef ULAK_WITH_TEXT
#undef ULAK_WITH_ITEMS
#undef ULAK_ENDED_RUNS

result<void> applier::purge_codes(wall_point before)
{
    std::vector<std::int64_t> runs;
    auto keep = [&runs](const row& r) { runs.push_back(r.integer(0)); };
    auto seen =
        db_.each("SELECT key FROM runs WHERE kind='otp.acquire' AND code_wiped=0 AND finished_at<?", keep, before);
    if (!seen)
        return seen;
    for (const auto run : runs)
        if (auto done = wipe_codes(run); !done)
            return done;
    return {};
}

result<void> applier::wipe_codes(std::int64_t run)
{
    // Every "code" in the kind's own state, at any depth; each is set to null on its own.
    std::vector<std::string> paths;
    auto keep = [&paths](const row& r) { paths.push_back(r.text(0)); };
    auto seen =
        db_.each("SELECT t.fullkey FROM runs r, json_tree(r.progress) t WHERE r.key=? AND json_valid(r.progress)"
                 " AND t.key='code' AND t.type<>'null'",
                 keep, run);
    if (!seen)
        return seen;
    for (const auto& path : paths)
        if (auto done = db_.run("UPDATE runs SET progress=json_set(progress,?2,NULL) WHERE key=?1", run, path); !done)
            return done.error();
    return plain(db_.run("UPDATE runs SET code_wiped=1,result=iif(json_valid(result) AND json_type(result,'$.code')"
                         " IS NOT NULL,json_set(result,'$.code',NULL),result) WHERE key=?",
                         run));
}

} // namespace ulak::ledger
