// The synchronous heart: one connection, group commit, and what becomes of it when the disk refuses. Private to the
// room; one thread at a time.
#pragma once

#include "ledger/database.hpp"
#include "ledger/ledger.hpp"

#include <memory>
#include <optional>

namespace ulak::ledger {

class store {
  public:
    /// Opens, migrates and checks. `path` ":memory:": nothing is synced, and the content dies with the store.
    static result<store> open(const std::string& path);

    /// All batches in one transaction, each in a savepoint of its own: one that fails is undone alone. When the disk
    /// fails, all of them fail with errc::unavailable, and the connection is given up until the next use.
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

  private:
    explicit store(std::string path) : path_(std::move(path)) {}
    result<void> connect();
    result<void> prepare(database& db);
    void give_up();
    bool in_memory() const noexcept { return path_ == ":memory:"; }
    result<void> apply_group(std::vector<batch>& group, std::vector<result<receipt>>& outcomes);
    result<receipt> apply_one(batch& changes);
    result<receipt> apply_all(batch& changes);

    std::string path_;
    std::optional<database> db_{};
    /// Pages of the write-ahead log after the last commit; on the heap because SQLite keeps its address.
    std::unique_ptr<int> log_pages_ = std::make_unique<int>(0);
    bool forgot_ = false; ///< a purge ran: its old pages must leave the log
};

} // namespace ulak::ledger
