#include "ledger/detail/store.hpp"

#include "core/failpoint.hpp"
#include "ledger/detail/corruption.hpp"
#include "ledger/detail/schema.hpp"
#include "ledger/detail/folder_lock.hpp"

namespace ulak::ledger {
namespace {

constexpr int checkpoint_pages = 1'000;
constexpr int busy_checkpoint_pages = 16'000; ///< 64 MB: a busy store must copy too, or its log grows for ever
/// While the file is looked through, the log may grow to this: 128 MB.
constexpr int max_pages_during_check = 32'000;

/// EXCLUSIVE before WAL keeps the log's index in memory, so that no second process can join in.
constexpr char settings[] = "PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;"
                            "PRAGMA mmap_size=0;PRAGMA temp_store=MEMORY;PRAGMA cell_size_check=ON;"
                            "PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-16000;";

int record_log_pages(void* counter, sqlite3*, const char*, int pages) noexcept
{
    *static_cast<int*>(counter) = pages;
    return SQLITE_OK;
}

} // namespace

result<store> store::open(const std::string& path)
{
    store made(path);
    if (auto ready = made.connect(); !ready)
        return ready.error();
    if (auto sound = made.check("PRAGMA quick_check(1)"); !sound)
        return sound.error();
    return made;
}

result<store> store::open_folder(const std::string& folder, std::shared_ptr<health_monitor> board)
{
    store made(folder + "/ulak.db");
    if (auto file = create_private_file(made.path_); !file)
        return file.error();
    made.monitor_ = std::move(board);
    made.mark_.emplace(folder);
    made.ballast_.emplace(folder);
    made.had_log_ = has_content(made.path_ + "-wal");
    auto ready = made.connect();
    if (!ready && made.ballast_->release()) // a disk that was full when the last daemon ended
        ready = made.connect();
    if (!ready)
        return ready.error();
    ULAK_FAILPOINT("store/opened");
    if (auto sound = made.check_at_start(); !sound)
        return sound.error();
    if (auto done = made.finish_opening(); !done)
        return done.error();
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
        last_sqlite_code_ = sqlite3_extended_errcode(db->handle());
        if (is_corruption(last_sqlite_code_))
            return corruption_error(path_, ready.error().message);
        return ready;
    }
    db_.emplace(*std::move(db));
    return {};
}

result<void> store::prepare(database& db)
{
    if (auto set = db.execute_script(settings); !set)
        return set;
    *log_pages_ = 0;
    sqlite3_wal_hook(db.handle(), &record_log_pages, log_pages_.get());
    if (auto current = migrate(db); !current)
        return current;
    auto commits = db.query_integer("SELECT CAST(value AS INTEGER) FROM settings WHERE name='store:commits'");
    if (!commits)
        return commits.error();
    commits_ = commits->value_or(0);
    return {};
}

error store::handle_read_failure(error why)
{
    const bool damage = db_ && is_corruption(db_->last_error_code());
    disconnect();
    if (!damage || in_memory())
        return why;
    mark_damaged(corruption_error(path_, why.message).message);
    return error(errc::unavailable, damage_);
}

void store::disconnect()
{
    if (db_ && db_->in_transaction())
        (void)db_->execute_script("ROLLBACK");
    // A store in memory has no file to come back from.
    if (in_memory())
        return;
    checker_.reset(); // closing copies the log
    db_.reset();
}

void store::checkpoint(bool busy)
{
    if (!db_ || in_memory())
        return;
    if (checker_ && *log_pages_ < max_pages_during_check)
        return;
    checker_.reset(); // it is begun again later
    if (purged_) {
        ULAK_FAILPOINT("store/forget");
        purged_ = !db_->execute_script("PRAGMA wal_checkpoint(TRUNCATE)").has_value();
        return;
    }
    if (*log_pages_ < (busy ? busy_checkpoint_pages : checkpoint_pages))
        return;
    ULAK_FAILPOINT("store/checkpoint");
    // What cannot be copied now stays in the log, where it is as safe; a later commit brings the next try.
    *log_pages_ = 0;
    (void)sqlite3_wal_checkpoint_v2(db_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    ULAK_FAILPOINT("store/checkpointed");
}

} // namespace ulak::ledger
