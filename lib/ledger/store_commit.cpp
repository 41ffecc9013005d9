// How batches get on disk, and how it is known that they are.
#include "ledger/store.hpp"

#include "core/failpoint.hpp"
#include "ledger/damage.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <poll.h>
#include <sysexits.h>

namespace ulak::ledger {
namespace {

/// How long a disk that failed in the middle of a commit gets until the process ends.
constexpr int between_looks = 50; ///< milliseconds
constexpr int most_looks = 100;

/// Of what surrounds the batches: whatever SQLite calls it, none of the group is on disk.
error disk_failed(const error& why)
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
[[noreturn]] void lose_track(const std::string& path, const std::string& why)
{
    std::fprintf(stderr, "ulakd: nobody can say whether a commit is in %s (%s); ending, the next start reads what is\n",
                 path.c_str(), why.c_str());
    std::_Exit(EX_IOERR);
}

} // namespace

store::outcomes store::commit(batches group)
{
    if (blocked() && std::ranges::any_of(group, [this](const batch* b) { return refusal(*b).has_value(); }))
        try_again();
    auto made = attempt(group);
    const bool full = blocked() && (code_ & 0xff) == SQLITE_FULL;
    if (full && ballast_ && ballast_->drop()) {
        ULAK_FAILPOINT("store/ballast-dropped");
        made = attempt(group);
    }
    return made;
}

store::outcomes store::attempt(batches group)
{
    outcomes made;
    made.reserve(group.size());
    code_ = 0;
    error why(errc::unavailable, {});
    auto end = fate::lost;
    if (auto ready = connect(); ready)
        end = commit_group(group, made, why);
    else
        why = ready.error();
    if (end == fate::kept)
        return made;
    give_up();
    if (!in_memory())
        block(why.message);
    if (!in_memory() && is_damage(code_))
        found_damaged(damaged(path_, why.message).message);
    if (end == fate::unknown)
        end = look_for(commits_ + 1, why.message);
    if (end != fate::kept)
        made.assign(group.size(), disk_failed(why));
    return made;
}

store::fate store::commit_group(batches group, outcomes& made, error& why)
{
    ULAK_FAILPOINT("store/begin");
    auto done = apply_group(group, made);
    ULAK_FAILPOINT("store/commit");
    bool may_be_kept = false;
    if (done) {
        const auto committed = db_->run("COMMIT");
        if (committed) {
            ULAK_FAILPOINT("store/committed");
            kept();
            return fate::kept;
        }
        may_be_kept = ticket_;
        done = disk_failed(committed.error());
    }
    why = done.error();
    code_ = db_->last_code();
    return may_be_kept && !never_reached_the_log(code_) ? fate::unknown : fate::lost;
}

/// A savepoint costs as much as a row, and nearly every batch can be carried out: the first try has none.
result<void> store::apply_group(batches group, outcomes& made)
{
    auto whole = apply_each(group, made, false);
    if (whole && !*whole) {
        if (auto undone = db_->run("ROLLBACK"); !undone)
            return disk_failed(undone.error());
        made.clear();
        whole = apply_each(group, made, true);
    }
    if (!whole)
        return whole.error();
    ticket_ = !in_memory() && std::ranges::any_of(made, &result<applied>::has_value);
    if (!ticket_)
        return {};
    return write_ticket();
}

/// `alone`: a batch that fails is undone by itself. False: one failed, and all are to be undone.
result<bool> store::apply_each(batches group, outcomes& made, bool alone)
{
    if (auto begun = db_->run("BEGIN IMMEDIATE"); !begun)
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

result<applied> store::apply_one(const batch& changes)
{
    if (auto begun = db_->run("SAVEPOINT one"); !begun)
        return disk_failed(begun.error());
    auto made = apply_all(changes);
    if (!made && made.error().code == errc::unavailable)
        return made;
    if (!made)
        if (auto undone = db_->run("ROLLBACK TO one"); !undone)
            return disk_failed(undone.error());
    if (auto closed = db_->run("RELEASE one"); !closed)
        return disk_failed(closed.error());
    return made;
}

result<applied> store::apply_all(const batch& changes)
{
    applied made;
    applier apply(*db_, made);
    for (const auto& c : changes) {
        if (auto done = std::visit(apply, c); !done)
            return done.error();
        forgot_ = forgot_ || std::holds_alternative<purge>(c);
    }
    return made;
}

result<void> store::write_ticket()
{
    auto written = db_->run("INSERT INTO settings(name,value) VALUES('store:commits',?1)"
                            " ON CONFLICT DO UPDATE SET value=?1",
                            std::to_string(commits_ + 1));
    if (!written)
        return disk_failed(written.error());
    return {};
}

void store::kept() noexcept
{
    if (!ticket_) // nothing was changed
        return;
    ++commits_;
    if (mark_)
        mark_->follow(commits_);
}

store::fate store::look_for(std::int64_t ticket, const std::string& why)
{
    for (int look = 0; look < most_looks; ++look) {
        if (auto found = finds(ticket))
            return *found ? fate::kept : fate::lost;
        ::poll(nullptr, 0, between_looks); // of the store's own thread
    }
    lose_track(path_, why);
}

result<bool> store::finds(std::int64_t ticket)
{
    if (auto ready = connect(); !ready)
        return ready.error();
    if (commits_ < ticket)
        return false;
    // After a failed sync the system's cache may show what the disk has not: it is written once more, to the file.
    auto again = db_->script("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!again) {
        give_up();
        return again.error();
    }
    if (mark_)
        mark_->follow(commits_);
    return true;
}

} // namespace ulak::ledger
