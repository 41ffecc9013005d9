#include "ledger/detail/group_commit.hpp"

#include "core/failpoint.hpp"
#include "ledger/detail/corruption.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <poll.h>
#include <sysexits.h>

namespace ulak::ledger {
namespace {

/// How long a disk that failed in the middle of a commit gets until the process ends.
constexpr int recheck_interval_ms = 50;
constexpr int max_rechecks = 100;

/// Errors from BEGIN, SAVEPOINT or COMMIT: whatever SQLite calls them, nothing in the group is durable.
error as_unavailable(const error& why)
{
    return error(errc::unavailable, why.message);
}

/// After these codes nothing of the commit is in the log, or not its end, without which it does not count. After every
/// other one (a sync that failed above all) the log may hold it whole.
bool never_reached_the_log(int code) noexcept
{
    return (code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_READONLY || code == SQLITE_IOERR_WRITE;
}

/// Every waiter would have to be answered either that its commit is on disk or that it is not, and either may be wrong.
[[noreturn]] void exit_with_unknown_commit(const std::string& path, const std::string& why)
{
    std::fprintf(stderr, "ulakd: nobody can say whether a commit is in %s (%s); ending, the next start reads what is\n",
                 path.c_str(), why.c_str());
    std::_Exit(EX_IOERR);
}

} // namespace

group_commit::outcomes group_commit::commit(batches group)
{
    outcomes made;
    made.reserve(group.size());
    connection_.clear_failure();
    error why(errc::unavailable, {});
    auto end = durability::lost;
    if (auto ready = connection_.connect(); ready)
        end = commit_transaction(group, made, why);
    else
        why = ready.error();
    if (end == durability::durable)
        return made;
    // The disk failed: nothing that begins something is taken until it works again.
    connection_.disconnect();
    if (!connection_.in_memory()) {
        admission_.set_blocked(why.message);
        if (is_corruption(connection_.failure_code()))
            admission_.mark_damaged(corruption_error(connection_.path(), why.message).message);
    }
    if (end == durability::unknown)
        end = recheck_commit(connection_.commits() + 1, why.message);
    if (end != durability::durable)
        made.assign(group.size(), as_unavailable(why));
    return made;
}

group_commit::durability group_commit::commit_transaction(batches group, outcomes& made, error& why)
{
    ULAK_FAILPOINT("store/begin");
    auto done = apply_group(group, made);
    ULAK_FAILPOINT("store/commit");
    bool may_be_durable = false;
    if (done) {
        const auto committed = connection_.db().execute("COMMIT");
        if (committed) {
            ULAK_FAILPOINT("store/committed");
            count_commit();
            return durability::durable;
        }
        may_be_durable = numbered_;
        done = as_unavailable(committed.error());
    }
    why = done.error();
    connection_.record_failure();
    return may_be_durable && !never_reached_the_log(connection_.failure_code()) ? durability::unknown
                                                                                : durability::lost;
}

/// A savepoint costs as much as a row, and nearly every batch can be carried out: the first try has none.
result<void> group_commit::apply_group(batches group, outcomes& made)
{
    auto whole = apply_each(group, made, false);
    if (whole && !*whole) {
        if (auto undone = connection_.db().execute("ROLLBACK"); !undone)
            return as_unavailable(undone.error());
        made.clear();
        whole = apply_each(group, made, true);
    }
    if (!whole)
        return whole.error();
    numbered_ = !connection_.in_memory() && std::ranges::any_of(made, &result<batch_result>::has_value);
    if (!numbered_)
        return {};
    return write_commit_number();
}

/// `alone`: a batch that fails is undone by itself. False: one failed, and all are to be undone.
result<bool> group_commit::apply_each(batches group, outcomes& made, bool alone)
{
    if (auto begun = connection_.db().execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    for (const auto* changes : group) {
        if (auto no = admission_.refusal(*changes)) {
            made.push_back(*std::move(no));
            continue;
        }
        made.push_back(alone ? apply_alone(*changes) : apply_all(*changes));
        if (!made.back() && made.back().error().code == errc::unavailable)
            return made.back().error();
        if (!made.back() && !alone)
            return false;
        ULAK_FAILPOINT("store/applied");
    }
    return true;
}

result<batch_result> group_commit::apply_alone(const batch& changes)
{
    auto& db = connection_.db();
    if (auto begun = db.execute("SAVEPOINT one"); !begun)
        return as_unavailable(begun.error());
    auto made = apply_all(changes);
    if (!made && made.error().code == errc::unavailable)
        return made;
    if (!made)
        if (auto undone = db.execute("ROLLBACK TO one"); !undone)
            return as_unavailable(undone.error());
    if (auto closed = db.execute("RELEASE one"); !closed)
        return as_unavailable(closed.error());
    return made;
}

result<batch_result> group_commit::apply_all(const batch& changes)
{
    batch_result made;
    batch_applier apply(connection_.db(), made);
    for (const auto& c : changes) {
        if (auto done = std::visit(apply, c); !done)
            return done.error();
        purged_ = purged_ || std::holds_alternative<purge>(c);
    }
    return made;
}

result<void> group_commit::write_commit_number()
{
    auto written = connection_.db().execute("INSERT INTO settings(name,value) VALUES('store:commits',?1)"
                                            " ON CONFLICT DO UPDATE SET value=?1",
                                            std::to_string(connection_.commits() + 1));
    if (!written)
        return as_unavailable(written.error());
    return {};
}

void group_commit::count_commit() noexcept
{
    if (!numbered_) // nothing was changed
        return;
    connection_.count_commit();
    if (owner_)
        owner_->follow();
}

result<void> group_commit::probe()
{
    if (connection_.in_memory())
        return {};
    if (auto begun = connection_.db().execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    numbered_ = true;
    if (auto written = write_commit_number(); !written)
        return written;
    if (auto committed = connection_.db().execute("COMMIT"); !committed)
        return committed.error();
    count_commit();
    return {};
}

group_commit::durability group_commit::recheck_commit(std::int64_t number, const std::string& why)
{
    for (int attempt = 0; attempt < max_rechecks; ++attempt) {
        if (auto found = contains_commit(number))
            return *found ? durability::durable : durability::lost;
        ::poll(nullptr, 0, recheck_interval_ms); // only the store's own thread waits
    }
    exit_with_unknown_commit(connection_.path(), why);
}

result<bool> group_commit::contains_commit(std::int64_t number)
{
    if (auto ready = connection_.connect(); !ready)
        return ready.error();
    if (connection_.commits() < number)
        return false;
    // After a failed sync the system's cache may show what the disk has not: it is written once more, to the file.
    auto again = connection_.truncate_log();
    if (!again) {
        connection_.disconnect();
        return again.error();
    }
    if (owner_)
        owner_->follow();
    return true;
}

} // namespace ulak::ledger
