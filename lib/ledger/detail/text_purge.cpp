#include "ledger/detail/text_purge.hpp"

#include "ledger/detail/ended_runs_sql.hpp"
#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/result_values.hpp"
#include "ledger/detail/row_changes.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace ulak::ledger {
namespace {

constexpr char find_runs[] =
    "SELECT r.key,r.kind FROM runs r INDEXED BY runs_with_text WHERE r.definition<>'' AND" ULAK_ENDED "LIMIT ?2";
/// The text goes last of all: until then the run is found again.
constexpr char clear_run_texts[] = "UPDATE runs SET definition='',params='{}',error_message='',"
                                   "progress=iif(?2,progress,'{}') WHERE key=?1";
/// Without a run (an SMS notice's, or one of a run that is gone) an effect is as old as its outcome.
constexpr char clear_effects[] =
    "UPDATE effects SET evidence='' WHERE key IN(SELECT f.key FROM effects f INDEXED BY effects_with_evidence"
    " WHERE f.evidence<>'' AND f.state NOT IN('intent','dispatched','ambiguous','orphaned') AND f.settled_at<?1"
    " AND NOT EXISTS(SELECT 1 FROM attention o WHERE o.id=f.id AND o.outcome='')"
    " AND NOT EXISTS(SELECT 1 FROM runs r WHERE r.id=f.run AND NOT ifnull((" ULAK_ENDED "),0)) LIMIT ?2)";
constexpr char clear_attention[] =
    "UPDATE attention SET evidence='' WHERE id IN(SELECT id FROM attention INDEXED BY attention_with_evidence"
    " WHERE evidence<>'' AND outcome<>'' AND resolved_at<?1 LIMIT ?2)";
constexpr char clear_notices[] =
    "UPDATE notices SET body='',last_error='' WHERE id IN(SELECT id FROM notices INDEXED BY notices_with_body"
    " WHERE body<>'' AND (sent OR given_up) AND next_at<?1 LIMIT ?2)";

/// The seq up to which events have been cleared. An index of texts would cost every event a write.
constexpr char read_mark[] = "SELECT CAST(value AS INTEGER) FROM settings WHERE name='events.cleared'";
constexpr char write_mark[] = "INSERT INTO settings(name,value) VALUES('events.cleared',?)"
                              " ON CONFLICT DO UPDATE SET value=excluded.value";
constexpr char find_last_event[] = "SELECT max(seq) FROM(SELECT seq,at FROM events WHERE seq>?3 ORDER BY seq LIMIT ?2)"
                                   " WHERE at<?1";
/// Figures stay: who called and what came of it can still be told.
constexpr char clear_event_texts[] =
    "UPDATE events SET message='',data=iif(json_valid(data),(SELECT json_group_object(j.key,j.value)"
    " FROM json_each(events.data) j WHERE j.type IN('integer','real')),'{}') WHERE seq>?1 AND seq<=?2";

std::pair<std::int64_t, std::string> read_run_and_kind(const row& r)
{
    return {r.integer(0), r.text(1)};
}

} // namespace

result<void> text_purge::clear(const ulak::ledger::purge& c, wall_point before)
{
    if (auto done = clear_runs(c, before); !done)
        return done;
    for (const auto* sql : {clear_effects, clear_attention, clear_notices})
        if (auto done = clear_slice(sql, before, c.limit); !done)
            return done;
    return clear_events(before, c.limit);
}

result<void> text_purge::clear_runs(const ulak::ledger::purge& c, wall_point before)
{
    if (result_.more_to_purge)
        return {};
    auto runs = collect(db_, find_runs, read_run_and_kind, before, c.limit);
    if (!runs)
        return runs.error();
    for (const auto& [run, kind] : *runs)
        if (auto done = clear_run(c, run, kind); !done)
            return done;
    result_.more_to_purge = std::ssize(*runs) >= c.limit;
    return {};
}

result<void> text_purge::clear_run(const ulak::ledger::purge& c, std::int64_t run, const std::string& kind)
{
    for (const auto& numbers : c.numbers)
        for (const auto& key : numbers.keys)
            if (numbers.kind == kind)
                if (auto done = wipe_result(db_, run, key); !done)
                    return done;
    const bool kept = std::ranges::find(c.kept_progress, kind) != c.kept_progress.end();
    return ignore_count(db_.execute(clear_run_texts, run, static_cast<std::int64_t>(kept)));
}

/// Runs one statement that clears at most ?2 rows. When it clears as many, more may be left.
result<void> text_purge::clear_slice(std::string_view sql, wall_point before, std::int64_t most)
{
    auto cleared = db_.execute(sql, before, most);
    if (!cleared)
        return cleared.error();
    result_.more_to_purge = result_.more_to_purge || *cleared >= most;
    return {};
}

result<void> text_purge::clear_events(wall_point before, std::int64_t most)
{
    auto mark = db_.query_integer(read_mark);
    if (!mark)
        return mark.error();
    const std::int64_t done = mark->value_or(0);
    auto last = db_.query_integer(find_last_event, before, most, done);
    if (!last)
        return last.error();
    if (!*last)
        return {};
    auto cleared = db_.execute(clear_event_texts, done, **last);
    if (!cleared)
        return cleared.error();
    result_.more_to_purge = result_.more_to_purge || *cleared >= most;
    return ignore_count(db_.execute(write_mark, std::to_string(**last)));
}

} // namespace ulak::ledger
