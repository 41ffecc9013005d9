#include "ledger/store.hpp"

#include "ledger/apply.hpp"
#include "ledger/schema.hpp"

#include <algorithm>

namespace ulak::ledger {
namespace {

constexpr int pages_worth_copying = 1'000;
constexpr int pages_too_many = 16'000; ///< 64 MB: a busy store must copy too, or its log grows for ever

/// EXCLUSIVE before WAL keeps the log's index in memory, so that no second process can join in.
constexpr char settings[] = "PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;"
                            "PRAGMA mmap_size=0;PRAGMA temp_store=MEMORY;PRAGMA cell_size_check=ON;"
                            "PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-16000;";

error damaged(const std::string& path, const std::string& why)
{
    return error(errc::unavailable, path + " is damaged (" + why +
                                        "): stop ulakd, move the file away, and put a backup"
                                        " in its place or save what can be read with: sqlite3 " +
                                        path + " .recover | sqlite3 new.db");
}

result<void> check(database& db, const std::string& path)
{
    auto verdict = db.word("PRAGMA quick_check(1)");
    if (!verdict)
        return damaged(path, verdict.error().message);
    if (*verdict != "ok")
        return damaged(path, verdict->value_or("no answer"));
    return {};
}

int note_log_pages(void* counter, sqlite3*, const char*, int pages) noexcept
{
    *static_cast<int*>(counter) = pages;
    return SQLITE_OK;
}

/// Of what surrounds the batches: whatever SQLite calls it, none of the group is on disk.
error disk_failed(const error& why)
{
    return error(errc::unavailable, why.message);
}

} // namespace

result<store> store::open(const std::string& path)
{
    store made(path);
    if (auto ready = made.connect(); !ready)
        return ready.error();
    if (auto sound = check(*made.db_, path); !sound)
        return sound.error();
    return made;
}

result<void> store::connect()
{
    if (db_)
        return {};
    auto db = database::open(path_);
    if (!db)
        return db.error();
    if (auto ready = prepare(*db); !ready) {
        const int code = sqlite3_errcode(db->handle()) & 0xff;
        if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
            return damaged(path_, ready.error().message);
        return ready;
    }
    db_.emplace(*std::move(db));
    return {};
}

result<void> store::prepare(database& db)
{
    if (auto set = db.script(settings); !set)
        return set;
    *log_pages_ = 0;
    sqlite3_wal_hook(db.handle(), &note_log_pages, log_pages_.get());
    return migrate(db);
}

void store::give_up()
{
    if (db_ && db_->in_transaction())
        (void)db_->script("ROLLBACK");
    // A store in memory has no file to come back from.
    if (!in_memory())
        db_.reset();
}

std::vector<result<receipt>> store::commit(std::vector<batch>& group)
{
    std::vector<result<receipt>> outcomes;
    outcomes.reserve(group.size());
    auto done = connect();
    if (done)
        done = apply_group(group, outcomes);
    if (done)
        return outcomes;
    give_up();
    outcomes.assign(group.size(), disk_failed(done.error()));
    return outcomes;
}

result<void> store::apply_group(std::vector<batch>& group, std::vector<result<receipt>>& outcomes)
{
    if (auto begun = db_->run("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    for (auto& changes : group) {
        outcomes.push_back(apply_one(changes));
        const auto& last = outcomes.back();
        if (!last && last.error().code == errc::unavailable)
            return last.error();
    }
    if (auto kept = db_->run("COMMIT"); !kept)
        return disk_failed(kept.error());
    return {};
}

result<receipt> store::apply_one(batch& changes)
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

result<receipt> store::apply_all(batch& changes)
{
    receipt made;
    applier apply(*db_, made);
    for (auto& c : changes) {
        if (auto done = std::visit(apply, c); !done)
            return done.error();
        forgot_ = forgot_ || std::holds_alternative<purge>(c);
    }
    return made;
}

void store::checkpoint(bool busy)
{
    if (!db_ || in_memory())
        return;
    if (forgot_) {
        forgot_ = !db_->script("PRAGMA wal_checkpoint(TRUNCATE)").has_value();
        return;
    }
    if (*log_pages_ < (busy ? pages_too_many : pages_worth_copying))
        return;
    // What cannot be copied now stays in the log, where it is as safe; a later commit brings the next try.
    *log_pages_ = 0;
    (void)sqlite3_wal_checkpoint_v2(db_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

} // namespace ulak::ledger
