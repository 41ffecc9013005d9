// A copy of a store in a file of its own, made piece by piece while the store is in use. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ulak::ledger {

/// Commits that come between two pieces go into the copy, too, so that it is of the moment of its last piece. It grows
/// in `PATH.part`, which only its owner can read, and gets its name once it is whole and on the disk. What is given up
/// leaves nothing behind. Errors:
///   errc::invalid_argument  the path is not absolute, or something has that name
///   errc::unsupported       the file cannot be written; the text says why
class store_copy {
  public:
    /// `from` must outlive the copy and must not be reopened.
    static result<std::unique_ptr<store_copy>> begin(database& from, const std::string& path);
    ~store_copy();
    store_copy(const store_copy&) = delete;
    store_copy& operator=(const store_copy&) = delete;

    const std::string& part() const noexcept { return part_; }
    /// Copies one piece: some milliseconds. True with the last one, after which the part is one whole file.
    result<bool> copy_piece();
    /// Gives the file its name, for good.
    result<void> publish();

  private:
    struct finisher {
        void operator()(sqlite3_backup* b) const noexcept { sqlite3_backup_finish(b); }
    };

    store_copy(std::string path, database to) : path_(std::move(path)), part_(path_ + ".part"), to_(std::move(to)) {}
    result<bool> finish();

    std::string path_, part_;
    std::optional<database> to_;
    std::unique_ptr<sqlite3_backup, finisher> work_{}; ///< last: it uses the connection
};

} // namespace ulak::ledger
