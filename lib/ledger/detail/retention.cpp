#include "ledger/detail/retention.hpp"

#include "ledger/detail/ended_runs_sql.hpp"
#include "ledger/detail/messaged_memory.hpp"
#include "ledger/detail/purged_keys.hpp"
#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/result_values.hpp"
#include "ledger/detail/row_changes.hpp"
#include "ledger/detail/text_purge.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <string>

namespace ulak::ledger {
namespace {

// Each statement finds its rows by an index that no longer holds what an earlier slice has dealt with.
constexpr char find_runs_with_items[] = "SELECT r.key FROM (SELECT DISTINCT run_key FROM item_totals) t"
                                        " CROSS JOIN runs r ON r.key=t.run_key WHERE" ULAK_ENDED "LIMIT ?2";
constexpr char delete_runs[] = "DELETE FROM runs WHERE key IN(SELECT r.key FROM runs r INDEXED BY runs_finished WHERE"
                               " NOT EXISTS(SELECT 1 FROM item_totals t WHERE t.run_key=r.key) AND" ULAK_ENDED
                               "ORDER BY r.finished_at,r.key LIMIT ?2)";
/// Events come in the order of time.
constexpr char delete_events[] =
    "DELETE FROM events WHERE at<?1 AND seq IN(SELECT seq FROM events ORDER BY seq LIMIT ?2)";
constexpr char delete_notices[] =
    "DELETE FROM notices WHERE id IN(SELECT id FROM notices WHERE next_at<?1 AND (sent OR given_up) LIMIT ?2)";
constexpr char delete_attention[] =
    "DELETE FROM attention WHERE id IN(SELECT id FROM attention WHERE outcome<>'' AND resolved_at<?1 LIMIT ?2)";
constexpr char forget_messaged[] = "DELETE FROM messaged WHERE digest IN"
                                   "(SELECT digest FROM messaged INDEXED BY messaged_by_time WHERE at<?1 LIMIT ?2)";
constexpr char delete_balances[] = "DELETE FROM balances WHERE key IN(SELECT key FROM balances WHERE at<?1 LIMIT ?2)";

/// The kind stands in the text and is no parameter, so that SQLite can use a partial index of that kind.
std::string select_unwiped(const std::string& kind)
{
    assert(kind.find('\'') == std::string::npos);
    return "SELECT key FROM runs WHERE kind='" + kind + "' AND code_wiped=0 AND finished_at<?1 LIMIT ?2";
}

std::int64_t read_key(const row& r)
{
    return r.integer(0);
}

} // namespace

result<void> retention::purge(const ulak::ledger::purge& c)
{
    messaged_since_ = c.messaged_since;
    if (c.messaged_since)
        if (auto done = delete_slice(forget_messaged, *c.messaged_since, c.limit); !done)
            return done;
    for (const auto& secrets : c.secrets)
        if (c.codes_before)
            if (auto done = wipe_secrets(secrets, *c.codes_before, c.limit); !done)
                return done;
    if (c.runs_before)
        if (auto done = purge_runs(*c.runs_before, c.limit); !done)
            return done;
    // A run takes its people with it, so what is said of them stays no longer than it does.
    if (const auto people_before = std::max(c.items_before, c.runs_before))
        return purge_items(c, *people_before);
    return {};
}

/// Runs one statement that deletes at most ?2 rows. When it deletes as many, more may be left, and the slice is full.
result<void> retention::delete_slice(std::string_view sql, wall_point before, std::int64_t most)
{
    if (result_.more_to_purge)
        return {};
    auto gone = db_.execute(sql, before, most);
    if (!gone)
        return gone.error();
    result_.more_to_purge = *gone >= most;
    return {};
}

result<void> retention::purge_items(const ulak::ledger::purge& c, wall_point before)
{
    if (auto done = purge_recipients(before, c.limit); !done)
        return done;
    return text_purge(db_, result_).clear(c, before);
}

/// Deletes recipients before their run, however many slices they take.
result<void> retention::purge_runs(wall_point before, std::int64_t most)
{
    if (auto done = purge_recipients(before, most); !done)
        return done;
    if (!result_.more_to_purge)
        if (auto kept = purged_keys(db_).keep_before_purge(before, most); !kept)
            return kept;
    for (const auto* sql : {delete_runs, delete_events, delete_notices, delete_attention, delete_balances})
        if (auto done = delete_slice(sql, before, most); !done)
            return done;
    return {};
}

result<void> retention::purge_recipients(wall_point before, std::int64_t most)
{
    if (result_.more_to_purge)
        return {};
    auto runs = collect(db_, find_runs_with_items, read_key, before, most);
    if (!runs)
        return runs.error();
    std::int64_t left = most;
    for (const auto run : *runs) {
        if (left <= 0)
            break;
        auto gone = delete_recipients(run, left);
        if (!gone)
            return gone.error();
        left -= std::max<std::int64_t>(*gone, 1);
    }
    result_.more_to_purge = left <= 0;
    return {};
}

/// Deletes the counts with the last recipient: until then the run is found again. Who got a message is remembered in
/// the same commit.
result<std::int64_t> retention::delete_recipients(std::int64_t run, std::int64_t most)
{
    if (messaged_since_)
        if (auto kept = messaged_memory(db_).remember(run, most, *messaged_since_); !kept)
            return kept.error();
    auto gone = db_.execute("DELETE FROM items WHERE run_key=?1 AND position IN"
                            "(SELECT position FROM items WHERE run_key=?1 ORDER BY position LIMIT ?2)",
                            run, most);
    if (!gone || *gone >= most)
        return gone;
    if (auto counts = db_.execute("DELETE FROM item_totals WHERE run_key=?1", run); !counts)
        return counts.error();
    return gone;
}

result<void> retention::wipe_secrets(const result_keys& secrets, wall_point before, std::int64_t most)
{
    auto runs = collect(db_, select_unwiped(secrets.kind), read_key, before, most);
    if (!runs)
        return runs.error();
    for (const auto run : *runs) {
        for (const auto& key : secrets.keys) {
            if (auto done = wipe_progress(run, key); !done)
                return done;
            if (auto done = wipe_result(db_, run, key); !done)
                return done;
        }
        if (auto done = ignore_count(db_.execute("UPDATE runs SET code_wiped=1 WHERE key=?", run)); !done)
            return done;
    }
    result_.more_to_purge = result_.more_to_purge || std::ssize(*runs) >= most;
    return {};
}

/// Every value of the key in the kind's own state, at any depth; each is set to null on its own.
result<void> retention::wipe_progress(std::int64_t run, const std::string& key)
{
    std::vector<std::string> paths;
    auto keep = [&paths](const row& r) { paths.push_back(r.text(0)); };
    auto seen = db_.for_each_row("SELECT t.fullkey FROM runs r, json_tree(r.progress) t WHERE r.key=?1"
                                 " AND json_valid(r.progress) AND t.key=?2 AND t.type<>'null'",
                                 keep, run, key);
    if (!seen)
        return seen;
    for (const auto& path : paths)
        if (auto done = db_.execute("UPDATE runs SET progress=json_set(progress,?2,NULL) WHERE key=?1", run, path);
            !done)
            return done.error();
    return {};
}

} // namespace ulak::ledger
