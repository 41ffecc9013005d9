// The synchronous heart: one connection, group commit, and what becomes of it when the disk refuses. Private to the
// room; one thread at a time.
#pragma once

#include "ledger/detail/apply.hpp"
#include "ledger/detail/ballast.hpp"
#include "ledger/detail/database.hpp"
#include "ledger/detail/integrity_checker.hpp"
#include "ledger/detail/folder_mark.hpp"
#include "ledger/ledger.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace ulak::ledger {

/// One way from a commit that works to the next: sound, blocked (the disk refused: what costs money is refused, the
/// rest is tried), and sound again once a commit and a check of the file have gone well. A file that is found to be
/// damaged stays blocked: a person puts it right, and starts the daemon again.
class store {
  public:
    using batches = std::span<const batch* const>;
    using outcomes = std::vector<result<batch_result>>; ///< one for each batch

    /// Opens, migrates and checks the whole file. `path` ":memory:": nothing is synced, and the content dies with the
    /// store.
    static result<store> open(const std::string& path);
    /// The same for ulak.db in a state folder, with its mark and its ballast; the board shows how it stands. Of a large
    /// file only what a start reads is checked before this returns, the rest by `look_on`.
    static result<store> open_folder(const std::string& folder, std::shared_ptr<health_monitor> board);

    /// All batches in one transaction; one that fails is undone alone. They stay whole. When the disk fails, all of
    /// them fail with errc::unavailable, and the connection is given up until the next use. When nobody can say any
    /// more whether a commit is on disk, the process ends: the next start reads what is.
    outcomes commit(batches group);

    /// `ask` is a question of reads.hpp.
    template<class Ask>
    auto read(Ask&& ask) -> decltype(ask(std::declval<database&>()))
    {
        if (auto ready = connect(); !ready)
            return ready.error();
        auto answer = ask(*db_);
        if (!answer && answer.error().code == errc::unavailable)
            return handle_read_failure(answer.error());
        return answer;
    }

    /// Copies the log into the file when it has grown: for quiet moments. `busy`: only when it has grown very much.
    void checkpoint(bool busy);

    /// The checks beside the work: begins one that is due, hears what the last one found. `idle`: nobody waits.
    void background_check(bool idle);
    /// When `try_again` or `look_on` is to be called at the latest, however quiet it is. Nothing: never.
    std::optional<std::chrono::milliseconds> next_maintenance() const;

    bool blocked() const noexcept { return !blocked_.empty(); }
    /// Whether the disk takes what is written again.
    void try_unblock();
    /// A person says that this folder is this daemon's own. errc::conflict when nobody doubts it.
    result<void> adopt();

  private:
    enum class durability { durable, lost, unknown };

    explicit store(std::string path) : path_(std::move(path)) {}
    bool in_memory() const noexcept { return path_ == ":memory:"; }

    // store.cpp
    result<void> connect();
    result<void> prepare(database& db);
    error handle_read_failure(error why);
    void disconnect();

    // store_check.cpp
    result<void> check(const char* how);
    result<void> check_at_start();
    bool is_small();
    result<bool> lost_power();
    bool full_check_due();
    void start_background_check();
    void finish_background_check();
    void write_setting(const char* name, const std::string& value);
    void mark_damaged(std::string message);

    // store_commit.cpp
    outcomes attempt(batches group);
    durability commit_group(batches group, outcomes& made, error& why);
    result<void> apply_group(batches group, outcomes& made);
    result<bool> apply_each(batches group, outcomes& made, bool alone);
    result<batch_result> apply_one(const batch& changes);
    result<batch_result> apply_all(const batch& changes);
    result<void> write_commit_number();
    void count_commit() noexcept;
    durability recheck_commit(std::int64_t ticket, const std::string& why);
    result<bool> contains_commit(std::int64_t ticket);

    // store_keeping.cpp
    std::optional<error> refusal(const batch& changes) const;
    void set_blocked(std::string why);
    result<void> finish_opening();
    result<std::string> find_ownership_doubt();
    result<void> claim_folder();
    result<void> probe_write();

    std::string path_;
    std::optional<database> db_{};
    /// Pages of the write-ahead log after the last commit; on the heap because SQLite keeps its address.
    std::unique_ptr<int> log_pages_ = std::make_unique<int>(0);
    bool purged_ = false;      ///< a purge ran: its old pages must leave the log
    int last_sqlite_code_ = 0;             ///< SQLite's, of the last failure of the disk
    std::int64_t commits_ = 0; ///< of the whole life of the file; each one that changes anything carries its number
    bool numbered_ = false;      ///< the transaction under way carries one
    std::string blocked_{}, held_{};
    std::string damage_{}; ///< for a person; empty as long as nothing was found

    // of a store in a folder
    std::shared_ptr<health_monitor> monitor_{};
    std::optional<folder_mark> mark_{};
    std::optional<ballast> ballast_{};
    bool had_log_ = false;                 ///< the last life did not end in good order
    std::unique_ptr<integrity_checker> checker_{}; ///< as long as it is at work the log is not copied
    std::chrono::steady_clock::time_point next_check_{};
};

} // namespace ulak::ledger
