#include "ledger/detail/store_connection.hpp"

#include "ledger/detail/corruption.hpp"
#include "ledger/detail/older_schema_copy.hpp"
#include "ledger/detail/schema.hpp"

namespace ulak::ledger {
namespace {

/// EXCLUSIVE before WAL keeps the log's index in memory, so that no second process can join in. It also rules out a
/// second connection for reads, on purpose: two connections of which one resets the log can damage the file (SQLite up
/// to 3.51.2, so Debian's 3.40.1, too), a reader with an old snapshot would keep a purge from leaving the log, and any
/// program could open the file beside the daemon. Reads share the one thread instead, in the order of `work_rank`.
constexpr char connection_settings[] = "PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                                       "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;"
                                       "PRAGMA mmap_size=0;PRAGMA temp_store=MEMORY;PRAGMA cell_size_check=ON;"
                                       "PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-16000;";

int record_log_pages(void* counter, sqlite3*, const char*, int pages) noexcept
{
    *static_cast<int*>(counter) = pages;
    return SQLITE_OK;
}

} // namespace

result<void> store_connection::connect()
{
    if (db_)
        return {};
    if (const auto found = look_at_file();
        found == watched_file::finding::missing || found == watched_file::finding::replaced)
        return error(errc::unavailable, file_.describe(found));
    auto db = file_.followed() ? database::open_existing(path_) : database::open(path_);
    if (!db)
        return db.error();
    if (auto ready = prepare(*db); !ready) {
        failure_code_ = db->last_error_code();
        if (is_corruption(failure_code_))
            return corruption_error(path_, ready.error().message);
        if ((failure_code_ & 0xff) == SQLITE_BUSY)
            return error(errc::conflict, path_ + " is open in another process: end it, then start again");
        return ready;
    }
    db_.emplace(*std::move(db));
    if (!in_memory()) {
        if (!file_.followed())
            file_.follow();
        log_.follow();
    }
    return {};
}

result<void> store_connection::prepare(database& db)
{
    if (auto set = db.execute_script(connection_settings); !set)
        return set;
    *log_pages_ = 0;
    sqlite3_wal_hook(db.handle(), &record_log_pages, log_pages_.get());
    if (!in_memory())
        if (auto kept = keep_older_schema(db, path_); !kept)
            return kept;
    if (auto current = migrate(db); !current)
        return current;
    auto commits = db.query_integer("SELECT CAST(value AS INTEGER) FROM settings WHERE name='store:commits'");
    if (!commits)
        return commits.error();
    commits_ = commits->value_or(0);
    return {};
}

result<void> store_connection::start_copy(const std::string& path)
{
    if (copy_)
        return error(errc::conflict, "a backup is being made already: wait for its end");
    auto begun = store_copy::begin(*db_, path);
    if (!begun)
        return begun.error();
    copy_ = *std::move(begun);
    return {};
}

void store_connection::disconnect()
{
    if (db_ && db_->in_transaction())
        (void)db_->execute_script("ROLLBACK");
    // A store in memory has no file to come back from.
    if (in_memory())
        return;
    stop_checker(); // closing copies the log
    stop_copy();
    log_.unfollow();
    db_.reset();
}

result<void> store_connection::verify(const char* pragma)
{
    auto answer = db_->query_text(pragma);
    if (!answer)
        return corruption_error(path_, answer.error().message);
    if (*answer != "ok")
        return corruption_error(path_, answer->value_or("no answer"));
    return {};
}

void store_connection::copy_log()
{
    *log_pages_ = 0; // a later commit brings the next try
    (void)sqlite3_wal_checkpoint_v2(db_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

result<void> store_connection::truncate_log()
{
    auto cut = db_->execute_script("PRAGMA wal_checkpoint(TRUNCATE)");
    log_.accept_size();
    return cut;
}

} // namespace ulak::ledger
