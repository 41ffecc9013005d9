// The ledger: what every module commits before it acts, and reads to find out what was done.
#pragma once

#include "async/task.hpp"
#include "ledger/change.hpp"
#include "ledger/health_monitor.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ulak::ledger {

/// What a commit made, beside its changes.
struct receipt {
    receipt() = default;
    std::vector<events::event> events{}; ///< the batch's events, with their seq and in order
    bool more_to_purge = false;          ///< a purge stopped at its limit
};

/// Narrows a list of runs; every field that is set must match.
struct run_query {
    run_query() = default;
    std::string job{};
    std::vector<run_state> states{}; ///< empty: all
    std::string before{};            ///< ids below this one: newest first, page by page
    std::size_t limit = 50;
    bool oldest_first = false;
    bool is_report = false; ///< of the last order of importance
};

/// The items of one run, a page at a time.
struct item_query {
    item_query() = default;
    run_id run{};
    std::vector<item_state> states{};
    std::int64_t after = -1; ///< positions above it, ascending
    std::size_t limit = 1000;
    bool is_report = false; ///< of the last order of importance
};

/// A page of the numbers to which nothing is sent, in their order.
struct suppression_query {
    suppression_query() = default;
    std::string after{}; ///< numbers behind this one
    std::size_t limit = 1000;
    bool is_report = false; ///< of the last order of importance
};

/// A page of what only a person can settle, in the order of its rising.
struct attention_query {
    attention_query() = default;
    bool open_only = true;
    std::string after{}; ///< id of the last entry of the page before
    std::size_t limit = 1000;
};

/// Narrows a list of effects; every field that is set must match.
struct effect_query {
    effect_query() = default;
    std::string run{}, account{}, operation{};
    std::string identity{}; ///< with an account: effects of other names of the same login match, too
    std::vector<effect_state> states{};
    /// Only effects that moved (intent, dispatch, any later move) at this time or after it, effects without a final
    /// outcome however old they are, and the owners of `refs`.
    std::optional<wall_point> since{};
    std::vector<std::string> refs{}; ///< provider_refs; only with an account, an operation and `since`
    std::string after{};             ///< id of the last effect of the page before
    std::optional<std::size_t> limit{};
    bool is_report = false; ///< of the last order of importance
};

/// How many items of a run are in each state.
struct item_counts {
    std::array<std::int64_t, 8> by_state{}; ///< indexed by item_state
    std::int64_t segments = 0;              ///< of all but the skipped
};

/// What the rows of `spend_totals` sum up.
enum class spend_grouping { job, account, day };

/// Work is done in the order of importance: what concerns money, other commits, lists of recipients and purges, what
/// the engine reads, then reports for people: pages, totals and whatever says `is_report`. A report that something
/// urgent breaks off again and again ends with errc::timed_out.
///
/// Every call comes from the loop's thread, and none of them makes that thread wait for a disk.
///
/// A commit is durable (synced) when it returns. Cancellation does not undo it: once handed over it happens, whether or
/// not anyone still waits. A failed batch changes nothing. Errors of a commit, beside those of its changes:
///   errc::unavailable  the disk refuses (full, read-only, broken): nothing costly may be sent. Batches that begin
///                      something (a run, an intent, a dispatch) are refused until the disk takes what is written
///                      again; outcomes are still tried.
///   errc::paused       the folder is held, and the batch begins something
class ledger {
  public:
    virtual ~ledger() = default;

    virtual task<result<receipt>> commit(batch changes) = 0;

    virtual task<result<run_record>> run(run_id id) = 0; ///< errc::not_found
    /// errc::gone: an idempotency key whose run is purged; the message names the run. See detail/purged_keys.hpp.
    virtual task<result<std::optional<run_record>>> run_by_key(std::string unique_key) = 0;
    virtual task<result<std::vector<run_record>>> runs(run_query q) = 0;
    virtual task<result<std::vector<item_record>>> items(item_query q) = 0;
    virtual task<result<item_counts>> count_items(run_id run) = 0;
    virtual task<result<std::vector<effect_record>>> effects(effect_query q) = 0;
    virtual task<result<std::vector<identity_record>>> identities() = 0;
    virtual task<result<std::vector<attention_record>>> attention(bool open_only) = 0;
    virtual task<result<std::vector<attention_record>>> attention_page(attention_query q) = 0;
    virtual task<result<std::int64_t>> count_attention() = 0; ///< open entries
    virtual task<result<std::optional<wall_point>>> watermark(std::string job, std::string schedule_text) = 0;
    virtual task<result<std::vector<events::event>>> events_after(std::int64_t seq, std::size_t limit) = 0;
    /// The newest events of one name, newest first. Only the newest 50,000 events of all names are searched: there is
    /// no index of names, and the caller waits.
    virtual task<result<std::vector<events::event>>> recent_events(std::string name, std::size_t limit) = 0;
    virtual task<result<std::vector<notice_record>>> notices_due(wall_point now, std::size_t limit) = 0;
    /// All of them, read in slices: one that is put or removed meanwhile may be missed or seen.
    virtual task<result<std::vector<suppression_record>>> suppressions() = 0;
    /// Those of the phones who may not be messaged now, each once. `check_call` asks the same in its transaction.
    virtual task<result<std::vector<forbidden_recipient>>> forbidden_recipients(recipient_rules rules) = 0;
    /// Whether `asked` could be booked now under these limits; it is not. errc::budget as `intend` says it.
    virtual task<result<void>> check_budgets(effect_record asked, std::vector<budget_limit> limits) = 0;
    virtual task<result<std::vector<suppression_record>>> suppressions_page(suppression_query q) = 0;
    /// How many of these numbers are on the list.
    virtual task<result<std::int64_t>> count_suppressed(std::vector<std::string> phones) = 0;
    virtual task<result<std::vector<spend_total>>> spend_totals(spend_grouping by, time_zone zone) = 0;
    virtual task<result<std::vector<balance_record>>> balances(std::string account,
                                                               std::size_t limit) = 0; ///< newest first
    virtual task<result<std::vector<std::pair<std::string, std::string>>>> settings(std::string prefix) = 0;

    /// The present state, without waiting.
    virtual store_health health() const { return {}; }
    /// Makes a held folder this daemon's own, after a person has checked it. errc::conflict when it is not held.
    virtual task<result<void>> adopt() { co_return error(errc::conflict, "nobody doubts this store"); }
};

} // namespace ulak::ledger
