// Checks the whole file of a store in the background, on a thread of its own. Private to the module.
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
    full   ///< and every entry of every index against its row, and every kept total against its rows: twice as long
};

/// Reads the file without its write-ahead log: the log must be copied into the file before the checker starts, and not
/// again until it has finished.
class integrity_checker {
  public:
    integrity_checker(const std::string& path, check_depth depth);
    /// Interrupts a check that has not finished.
    ~integrity_checker();
    integrity_checker(const integrity_checker&) = delete;
    integrity_checker& operator=(const integrity_checker&) = delete;

    check_depth depth() const noexcept { return depth_; }
    bool finished() const;
    /// Once finished: "ok", or what is wrong; nullopt when the check could not be made.
    std::optional<std::string> report() const;
    /// Of a sound file, by a full check: a kept total that its rows contradict.
    std::optional<std::string> wrong_total() const;

  private:
    void run();

    check_depth depth_;
    std::optional<database> database_{};
    mutable std::mutex mutex_{};
    std::condition_variable finish_signal_{};
    bool finished_ = false;
    std::optional<std::string> report_{}, wrong_total_{};
    std::thread thread_; ///< last: it uses all of the above
};

} // namespace ulak::ledger
