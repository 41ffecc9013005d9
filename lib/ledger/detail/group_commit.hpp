// Writes batches to disk, many in one transaction, and finds out what became of a commit that failed. Private to the
// module; one thread at a time.
#pragma once

#include "ledger/detail/admission.hpp"
#include "ledger/detail/batch_applier.hpp"
#include "ledger/detail/folder_ownership.hpp"
#include "ledger/detail/store_connection.hpp"

#include <span>
#include <string>
#include <vector>

namespace ulak::ledger {

/// Each transaction that changes anything carries the number of its commit, by which it is found again after the disk
/// failed in the middle of it.
class group_commit {
  public:
    using batches = std::span<const batch* const>;
    using outcomes = std::vector<result<batch_result>>; ///< one for each batch

    /// The references must outlive the object; `owner` is null for a store that is not in a folder.
    group_commit(store_connection& connection, admission& gatekeeper, folder_ownership* owner) noexcept
        : connection_(connection), admission_(gatekeeper), owner_(owner)
    {}

    /// Commits all batches in one transaction; one that fails or is refused is undone alone. When the disk fails, all
    /// of them fail with errc::unavailable, the connection is given up and the admission blocked. When it cannot be
    /// found out whether the transaction is on disk, the process ends: the next start reads what is.
    outcomes commit(batches group);

    /// Commits nothing but a number, to see whether the disk takes what is written. Only while connected.
    result<void> probe();

    /// Whether a purge was committed whose old pages are still in the log.
    bool purged() const noexcept { return purged_; }
    void forget_purge() noexcept { purged_ = false; }

  private:
    enum class durability { durable, lost, unknown };

    durability commit_transaction(batches group, outcomes& made, error& why);
    result<void> apply_group(batches group, outcomes& made);
    result<bool> apply_each(batches group, outcomes& made, bool alone);
    result<batch_result> apply_alone(const batch& changes);
    result<batch_result> apply_all(const batch& changes);
    result<void> write_commit_number();
    void count_commit() noexcept;
    durability recheck_commit(std::int64_t number, const std::string& why);
    result<bool> contains_commit(std::int64_t number);

    store_connection& connection_;
    admission& admission_;
    folder_ownership* owner_;
    bool numbered_ = false; ///< the transaction under way carries a number
    bool purged_ = false;
};

} // namespace ulak::ledger
