// A look through every page of the store's file, on a thread of its own, beside the work. Private to the room.
#pragma once

#include "ledger/detail/database.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace ulak::ledger {

enum class check_depth {
    quick, ///< every page and every row
    full   ///< and every entry of every index against its row: twice as long
};

/// Reads the file as it lies on the disk, without the log: as long as it is at work, nobody may copy the log into the
/// file, which has to be whole when it begins.
class integrity_checker {
  public:
    integrity_checker(const std::string& path, check_depth how);
    /// Cuts it short if it is not over.
    ~integrity_checker();
    integrity_checker(const integrity_checker&) = delete;
    integrity_checker& operator=(const integrity_checker&) = delete;

    check_depth depth() const noexcept { return depth_; }
    bool finished() const;
    /// Once it is over: "ok", or what is wrong. Nothing where it could not be found out.
    std::optional<std::string> report() const;

  private:
    void run();

    check_depth depth_;
    std::optional<database> database_{};
    mutable std::mutex mutex_{};
    std::condition_variable finish_signal_{};
    bool finished_ = false;
    std::optional<std::string> report_{};
    std::thread thread_; ///< last: it uses all of the above
};

} // namespace ulak::ledger
