// The synchronous heart: one connection, group commit, and what becomes of it when the disk refuses. Private to the
// room; one thread at a time.
#pragma once

#include "ledger/ballast.hpp"
#include "ledger/database.hpp"
#include "ledger/folder_mark.hpp"
#include "ledger/ledger.hpp"

#include <memory>
#include <optional>

namespace ulak::ledger {

/// One way from a commit that works to the next: sound, blocked (the disk refused: what costs money is refused, the
/// rest is tried), and sound again once a commit and a check of the file have gone well.
class store {
  public:
    /// Opens, migrates and checks. `path` ":memory:": nothing is synced, and the content dies with the store.
    static result<store> open(const std::string& path);
    /// The same for ulak.db in a state folder, with its mark and its ballast; the board shows how it stands.
    static result<store> open_folder(const std::string& folder, std::shared_ptr<standing_board> board);

    /// All batches in one transaction, each in a savepoint of its own: one that fails is undone alone. When the disk
    /// fails, all of them fail with errc::unavailable, and the connection is given up until the next use. When nobody
    /// can say any more whether a commit is on disk, the process ends: the next start reads what is.
    std::vector<result<receipt>> commit(std::vector<batch>& group);

    /// `ask` is a question of reads.hpp.
    template<class Ask>
    auto read(Ask&& ask) -> decltype(ask(std::declval<database&>()))
    {
        if (auto ready = connect(); !ready)
            return ready.error();
        auto answer = ask(*db_);
        if (!answer && answer.error().code == errc::unavailable)
            give_up();
        return answer;
    }

    /// Copies the log into the file when it has grown: for quiet moments. `busy`: only when it has grown very much.
    void checkpoint(bool busy);

    bool blocked() const noexcept { return !blocked_.empty(); }
    /// Whether the disk takes what is written again.
    void try_again();
    /// A person says that this folder is this daemon's own. errc::conflict when nobody doubts it.
    result<void> adopt();

  private:
    enum class fate { kept, lost, unknown };

    explicit store(std::string path) : path_(std::move(path)) {}
    bool in_memory() const noexcept { return path_ == ":memory:"; }

    // store.cpp
    result<void> connect();
    result<void> prepare(database& db);
    result<void> check();
    void give_up();

    // store_commit.cpp
    std::vector<result<receipt>> attempt(std::vector<batch>& group);
    fate commit_group(std::vector<batch>& group, std::vector<result<receipt>>& outcomes, error& why);
    result<void> apply_group(std::vector<batch>& group, std::vector<result<receipt>>& outcomes);
    result<receipt> apply_one(batch& changes);
    result<receipt> apply_all(batch& changes);
    result<void> write_ticket();
    void kept() noexcept;
    fate look_for(std::int64_t ticket, const std::string& why);
    result<bool> finds(std::int64_t ticket);

    // store_keeping.cpp
    std::optional<error> refusal(const batch& changes) const;
    void block(std::string why);
    result<void> settle_in();
    result<std::string> doubts();
    result<void> take_over();
    result<void> probe();

    std::string path_;
    std::optional<database> db_{};
    /// Pages of the write-ahead log after the last commit; on the heap because SQLite keeps its address.
    std::unique_ptr<int> log_pages_ = std::make_unique<int>(0);
    bool forgot_ = false;      ///< a purge ran: its old pages must leave the log
    int code_ = 0;             ///< SQLite's, of the last failure of the disk
    std::int64_t commits_ = 0; ///< of the whole life of the file; each one that changes anything carries its number
    bool ticket_ = false;      ///< the transaction under way carries one
    std::string blocked_{}, held_{};

    // of a store in a folder
    std::shared_ptr<standing_board> board_{};
    std::optional<folder_mark> mark_{};
    std::optional<ballast> ballast_{};
};

} // namespace ulak::ledger
