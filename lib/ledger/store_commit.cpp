// How batches get on disk, and how it is known that they are.
#include "ledger/detail/store.hpp"

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
constexpr int recheck_interval_ms = 50; ///< milliseconds
constexpr int max_rechecks = 100;

/// Of what surrounds the batches: whatever SQLite calls it, none of the group is on disk.
error as_unavailable(const error& why)
{
    return error(errc::unavailable, why.message);
}

/// After these nothing of the commit is in the log, or not its end, without which it does not count. After all else
/// (a sync that failed above all) the log may hold it whole.
bool never_reached_the_log(int code) noexcept
{
    return (code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_READONLY || code == SQLITE_IOERR_WRITE;
}

/// Every waiter would have to be told either that its commit is on disk or that it is not, and either may be a lie.
[[noreturn]] void exit_with_unknown_commit(const std::string& path, const std::string& why)
{
    std::fprintf(stderr, "ulakd: nobody can say whether a commit is in %s (%s); ending, the next start reads what is\n",
                 path.c_str(), why.c_str());
    std::_Exit(EX_IOERR);
}

} // namespace

store::outcomes store::commit(batches group)
{
    if (blocked() && std::ranges::any_of(group, [this](const batch* b) { return refusal(*b).has_value(); }))
        try_unblock();
    auto made = attempt(group);
    const bool full = blocked() && (last_sqlite_code_ & 0xff) == SQLITE_FULL;
    if (full && ballast_ && ballast_->release()) {
        ULAK_FAILPOINT("store/ballast-dropped");
        made = attempt(group);
    }
    return made;
}

store::outcomes store::attempt(batches group)
{
    outcomes made;
    made.reserve(group.size());
    last_sqlite_code_ = 0;
    error why(errc::unavailable, {});
    auto end = durability::lost;
    if (auto ready = connect(); ready)
        end = commit_group(group, made, why);
    else
        why = ready.error();
    if (end == durability::durable)
        return made;
    disconnect();
    if (!in_memory())
        set_blocked(why.message);
    if (!in_memory() && is_corruption(last_sqlite_code_))
        mark_damaged(corruption_error(path_, why.message).message);
    if (end == durability::unknown)
        end = recheck_commit(commits_ + 1, why.message);
    if (end != durability::durable)
        made.assign(group.size(), as_unavailable(why));
    return made;
}

store::durability store::commit_group(batches group, outcomes& made, error& why)
{
    ULAK_FAILPOINT("store/begin");
    auto done = apply_group(group, made);
    ULAK_FAILPOINT("store/commit");
    bool may_be_kept = false;
    if (done) {
        const auto committed = db_->execute("COMMIT");
        if (committed) {
            ULAK_FAILPOINT("store/committed");
            count_commit();
            return durability::durable;
        }
        may_be_kept = numbered_;
        done = as_unavailable(committed.error());
    }
    why = done.error();
    last_sqlite_code_ = db_->last_error_code();
    return may_be_kept && !never_reached_the_log(last_sqlite_code_) ? durability::unknown : durability::lost;
}

/// A savepoint costs as much as a row, and nearly every batch can be carried out: the first try has none.
result<void> store::apply_group(batches group, outcomes& made)
{
    auto whole = apply_each(group, made, false);
    if (whole && !*whole) {
        if (auto undone = db_->execute("ROLLBACK"); !undone)
            return as_unavailable(undone.error());
        made.clear();
        whole = apply_each(group, made, true);
    }
    if (!whole)
        return whole.error();
    numbered_ = !in_memory() && std::ranges::any_of(made, &result<batch_result>::has_value);
    if (!numbered_)
        return {};
    return write_commit_number();
}

/// `alone`: a batch that fails is undone by itself. False: one failed, and all are to be undone.
result<bool> store::apply_each(batches group, outcomes& made, bool alone)
{
    if (auto begun = db_->execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    for (const auto* changes : group) {
        if (auto no = refusal(*changes)) {
            made.push_back(*std::move(no));
            continue;
        }
        made.push_back(alone ? apply_one(*changes) : apply_all(*changes));
        if (!made.back() && made.back().error().code == errc::unavailable)
            return made.back().error();
        if (!made.back() && !alone)
            return false;
        ULAK_FAILPOINT("store/applied");
    }
    return true;
}

result<batch_result> store::apply_one(const batch& changes)
{
    if (auto begun = db_->execute("SAVEPOINT one"); !begun)
        return as_unavailable(begun.error());
    auto made = apply_all(changes);
    if (!made && made.error().code == errc::unavailable)
        return made;
    if (!made)
        if (auto undone = db_->execute("ROLLBACK TO one"); !undone)
            return as_unavailable(undone.error());
    if (auto closed = db_->execute("RELEASE one"); !closed)
        return as_unavailable(closed.error());
    return made;
}

result<batch_result> store::apply_all(const batch& changes)
{
    batch_result made;
    applier apply(*db_, made);
    for (const auto& c : changes) {
        if (auto done = std::visit(apply, c); !done)
            return done.error();
        purged_ = purged_ || std::holds_alternative<purge>(c);
    }
    return made;
}

result<void> store::write_commit_number()
{
    auto written = db_->execute("INSERT INTO settings(name,value) VALUES('store:commits',?1)"
                            " ON CONFLICT DO UPDATE SET value=?1",
                            std::to_string(commits_ + 1));
    if (!written)
        return as_unavailable(written.error());
    return {};
}

void store::count_commit() noexcept
{
    if (!numbered_) // nothing was changed
        return;
    ++commits_;
    if (mark_)
        mark_->update(commits_);
}

store::durability store::recheck_commit(std::int64_t ticket, const std::string& why)
{
    for (int look = 0; look < max_rechecks; ++look) {
        if (auto found = contains_commit(ticket))
            return *found ? durability::durable : durability::lost;
        ::poll(nullptr, 0, recheck_interval_ms); // of the store's own thread
    }
    exit_with_unknown_commit(path_, why);
}

result<bool> store::contains_commit(std::int64_t ticket)
{
    if (auto ready = connect(); !ready)
        return ready.error();
    if (commits_ < ticket)
        return false;
    // After a failed sync the system's cache may show what the disk has not: it is written once more, to the file.
    auto again = db_->execute_script("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!again) {
        disconnect();
        return again.error();
    }
    if (mark_)
        mark_->update(commits_);
    return true;
}

} // namespace ulak::ledger
