// The connection to the file of a store: opened when it is first used, given up when the disk fails, and opened again
// for the next use. Private to the module; one thread at a time.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/detail/integrity_checker.hpp"
#include "ledger/detail/store_copy.hpp"
#include "ledger/detail/watched_file.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace ulak::ledger {

/// Owns everything that must be closed together: the connection, what is known of its write-ahead log, a checker
/// that reads the same file, and a copy that is being made of it.
class store_connection {
  public:
    /// ":memory:" is a store without a file: nothing is synced, and `disconnect` keeps it.
    explicit store_connection(std::string path) : path_(std::move(path)), file_(path_), log_(path_ + "-wal") {}

    const std::string& path() const noexcept { return path_; }
    bool in_memory() const noexcept { return path_ == ":memory:"; }

    /// Opens the file, migrates its schema and reads how many commits it holds, unless it is open. The first time it
    /// makes the file where there is none; later it opens no other file than the first time. Errors as of `migrate`; a
    /// damaged file is errc::unavailable with what to do about it.
    result<void> connect();
    bool connected() const noexcept { return db_.has_value(); }
    /// Rolls an open transaction back, ends the checker and closes.
    void disconnect();
    /// Only while connected.
    database& db() noexcept { return *db_; }

    /// What became of the file since it was opened first. Costs two calls of the kernel, like the next.
    watched_file::finding look_at_file() { return file_.look(); }
    /// What became of the write-ahead log since the connection was made.
    watched_file::finding look_at_log() { return log_.look(); }
    const watched_file& file() const noexcept { return file_; }
    const watched_file& log() const noexcept { return log_; }

    /// Runs an integrity pragma and waits for it. errc::unavailable, with the remedy, unless it answers "ok".
    result<void> verify(const char* pragma);

    /// The number of the last commit, over the whole life of the file.
    std::int64_t commits() const noexcept { return commits_; }
    void count_commit() noexcept { ++commits_; }

    /// SQLite's code of the last failure to connect, or of the one that was recorded; 0 for none.
    int failure_code() const noexcept { return failure_code_; }
    void clear_failure() noexcept { failure_code_ = 0; }
    void record_failure() noexcept { failure_code_ = db_->last_error_code(); }

    /// Pages of the write-ahead log after the last commit.
    int log_pages() const noexcept { return *log_pages_; }
    /// Copies what can be copied without waiting. What cannot stays in the log, where it is as safe.
    void copy_log();
    /// Copies all of the log, synced, and cuts it.
    result<void> truncate_log();

    /// Begins to check the file on a thread of its own. The log must not be copied until it is over or stopped.
    void start_checker(check_depth depth) { checker_ = std::make_unique<integrity_checker>(path_, depth); }
    const integrity_checker* checker() const noexcept { return checker_.get(); }
    void stop_checker() noexcept { checker_.reset(); }

    /// Begins a copy into a new file; `copy` is null where none is being made. Only while connected.
    result<void> start_copy(const std::string& path);
    store_copy* copy() noexcept { return copy_.get(); }
    void stop_copy() noexcept { copy_.reset(); }

  private:
    result<void> prepare(database& db);

    std::string path_;
    watched_file file_, log_;
    std::optional<database> db_{};
    std::unique_ptr<int> log_pages_ = std::make_unique<int>(0); ///< on the heap because SQLite keeps its address
    std::unique_ptr<integrity_checker> checker_{};
    std::unique_ptr<store_copy> copy_{}; ///< after the connection, which it uses
    std::int64_t commits_ = 0;
    int failure_code_ = 0;
};

} // namespace ulak::ledger
