// The synchronous store behind the ledger: reads, commits, and what becomes of them when the disk refuses. Private to
// the module; one thread at a time.
#pragma once

#include "ledger/detail/admission.hpp"
#include "ledger/detail/ballast.hpp"
#include "ledger/detail/file_checks.hpp"
#include "ledger/detail/folder_ownership.hpp"
#include "ledger/detail/group_commit.hpp"
#include "ledger/detail/report_guard.hpp"
#include "ledger/detail/store_connection.hpp"
#include "ledger/ledger.hpp"
#include "ledger/store_opening.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::ledger {

/// Sound until the disk refuses a write; blocked from then on, until a commit and a check of the file have gone well.
/// A file that is found to be damaged stays blocked until a person has put it right and started the daemon again.
class store {
  public:
    using batches = group_commit::batches;
    using outcomes = group_commit::outcomes;

    /// Opens, migrates and checks the whole file. `path` ":memory:": nothing is synced, and the content dies with the
    /// store.
    static result<store> open(const std::string& path);
    /// The same for ulak.db in a state folder, with its marks and its ballast; the monitor shows its health. Of a large
    /// file only what a start reads is checked before this returns, the rest by `background_check`. Errors beside those
    /// of the file are `find_store`'s. Only under the lock of the folder.
    static result<store> open_folder(const std::string& folder, std::shared_ptr<health_monitor> monitor,
                                     const store_opening& opening = {});

    /// As `group_commit::commit`, after it was tried to unblock a store that would refuse one of the batches. On a full
    /// disk the ballast is released and the group tried once more.
    outcomes commit(batches group);

    /// Calls `question(database&)` and returns its result. A connection that fails is given up until the next use.
    template<class Question>
    auto read(Question&& question) -> decltype(question(std::declval<database&>()))
    {
        if (auto ready = parts_->connection.connect(); !ready)
            return ready.error();
        auto answer = question(parts_->connection.db());
        if (!answer && answer.error().code == errc::unavailable)
            return handle_read_failure(answer.error());
        return answer;
    }

    /// The same for a report: broken off with errc::timed_out when something urgent arrives, as `interrupted` says.
    template<class Question>
    auto report(Question&& question) -> decltype(question(std::declval<database&>()))
    {
        auto guarded = [&](database& db) {
            guard_->begin(db);
            auto answer = question(db);
            guard_->end(db);
            return answer;
        };
        return read(guarded);
    }
    bool interrupted() const noexcept { return guard_->interrupted(); }
    bool urgent_waiting() const noexcept { return guard_->urgent(); }
    /// `announce_urgent` may be called by any thread.
    report_guard& guard() noexcept { return *guard_; }

    /// Copies the log into the file when it has grown: for quiet moments. `busy`: only when it has grown very much.
    void checkpoint(bool busy);

    /// Blocks a store whose file was deleted, moved, replaced or cut, until it is as it was. A log that was taken away
    /// is written into the file. False while the file is not in its place.
    bool files_in_place();
    /// Begins a check of the file that is due, or takes the report of the last one. `idle`: nobody waits.
    void background_check(bool idle);
    /// When `files_in_place`, `try_unblock` and `background_check` are to be called at the latest, however quiet it is;
    /// nullopt: never.
    std::optional<std::chrono::milliseconds> next_maintenance() const;

    bool blocked() const noexcept { return parts_->gatekeeper.blocked(); }
    /// Unblocks a store whose disk takes what is written again.
    void try_unblock();
    /// A person says that this folder is this daemon's own. errc::conflict when it is not held.
    result<void> adopt();

    /// A copy in a new file, as `store_copy` makes it; errc::conflict while another is being made. What fails gives the
    /// copy up.
    result<void> begin_copy(const std::string& path);
    result<bool> copy_piece();
    /// Gives a copy that is good its name, and drops any other.
    result<void> end_copy(bool good);

    /// See `file_checks`. errc::unsupported for a store without a file.
    result<void> begin_check();
    result<std::optional<std::string>> check_report();

  private:
    /// They refer to each other, so they stay where they are while the store moves.
    struct parts {
        parts(const std::string& path, std::shared_ptr<health_monitor> monitor)
            : connection(path), gatekeeper(std::move(monitor))
        {}
        parts(const std::string& folder, const std::string& path, std::shared_ptr<health_monitor> monitor,
              std::vector<far_mark> marks)
            : connection(path),
              gatekeeper(std::move(monitor)),
              owner(std::in_place, connection, folder, std::move(marks)),
              reserve(folder)
        {}

        store_connection connection;
        admission gatekeeper;
        std::optional<folder_ownership> owner{}; ///< of a store in a folder, like the ballast
        std::optional<ballast> reserve{};
        file_checks checks{connection, gatekeeper};
        group_commit commits{connection, gatekeeper, owner ? &*owner : nullptr};
    };

    explicit store(std::unique_ptr<parts> p) : parts_(std::move(p)) {}
    result<void> connect_folder(bool had_log);
    result<void> finish_opening();
    bool rescue_log(watched_file::finding what);
    error handle_read_failure(error why);

    std::unique_ptr<parts> parts_;
    std::unique_ptr<report_guard> guard_ = std::make_unique<report_guard>(); ///< stays where it is, like the parts
};

} // namespace ulak::ledger
