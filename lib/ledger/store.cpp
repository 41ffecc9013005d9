#include "ledger/store.hpp"

#include "core/failpoint.hpp"
#include "ledger/damage.hpp"
#include "ledger/schema.hpp"
#include "ledger/state_folder.hpp"

namespace ulak::ledger {
namespace {

constexpr int pages_worth_copying = 1'000;
constexpr int pages_too_many = 16'000; ///< 64 MB: a busy store must copy too, or its log grows for ever
/// While the file is looked through, the log may grow to this: 128 MB.
constexpr int pages_while_looking = 32'000;

/// EXCLUSIVE before WAL keeps the log's index in memory, so that no second process can join in.
constexpr char settings[] = "PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;"
                            "PRAGMA mmap_size=0;PRAGMA temp_store=MEMORY;PRAGMA cell_size_check=ON;"
                            "PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-16000;";

int note_log_pages(void* counter, sqlite3*, const char*, int pages) noexcept
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

result<store> store::open_folder(const std::string& folder, std::shared_ptr<standing_board> board)
{
    store made(folder + "/ulak.db");
    if (auto file = make_private_file(made.path_); !file)
        return file.error();
    made.board_ = std::move(board);
    made.mark_.emplace(folder);
    made.ballast_.emplace(folder);
    made.had_log_ = has_content(made.path_ + "-wal");
    auto ready = made.connect();
    if (!ready && made.ballast_->drop()) // a disk that was full when the last daemon ended
        ready = made.connect();
    if (!ready)
        return ready.error();
    ULAK_FAILPOINT("store/opened");
    if (auto sound = made.check_at_start(); !sound)
        return sound.error();
    if (auto done = made.settle_in(); !done)
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
        code_ = sqlite3_extended_errcode(db->handle());
        if (is_damage(code_))
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
    if (auto current = migrate(db); !current)
        return current;
    auto commits = db.number("SELECT CAST(value AS INTEGER) FROM settings WHERE name='store:commits'");
    if (!commits)
        return commits.error();
    commits_ = commits->value_or(0);
    return {};
}

error store::read_failed(error why)
{
    const bool damage = db_ && is_damage(db_->last_code());
    give_up();
    if (!damage || in_memory())
        return why;
    found_damaged(damaged(path_, why.message).message);
    return error(errc::unavailable, damage_);
}

void store::give_up()
{
    if (db_ && db_->in_transaction())
        (void)db_->script("ROLLBACK");
    // A store in memory has no file to come back from.
    if (in_memory())
        return;
    examiner_.reset(); // closing copies the log
    db_.reset();
}

void store::checkpoint(bool busy)
{
    if (!db_ || in_memory())
        return;
    if (examiner_ && *log_pages_ < pages_while_looking)
        return;
    examiner_.reset(); // it is begun again later
    if (forgot_) {
        ULAK_FAILPOINT("store/forget");
        forgot_ = !db_->script("PRAGMA wal_checkpoint(TRUNCATE)").has_value();
        return;
    }
    if (*log_pages_ < (busy ? pages_too_many : pages_worth_copying))
        return;
    ULAK_FAILPOINT("store/checkpoint");
    // What cannot be copied now stays in the log, where it is as safe; a later commit brings the next try.
    *log_pages_ = 0;
    (void)sqlite3_wal_checkpoint_v2(db_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    ULAK_FAILPOINT("store/checkpointed");
}

} // namespace ulak::ledger
