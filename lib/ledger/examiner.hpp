// A look through every page of the store's file, on a thread of its own, beside the work. Private to the room.
#pragma once

#include "ledger/database.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace ulak::ledger {

enum class thoroughness {
    quick, ///< every page and every row
    whole  ///< and every entry of every index against its row: twice as long
};

/// Reads the file as it lies on the disk, without the log: as long as it is at work, nobody may copy the log into the
/// file, which has to be whole when it begins.
class examiner {
  public:
    examiner(const std::string& path, thoroughness how);
    /// Cuts it short if it is not over.
    ~examiner();
    examiner(const examiner&) = delete;
    examiner& operator=(const examiner&) = delete;

    thoroughness how() const noexcept { return how_; }
    bool over() const;
    /// Once it is over: "ok", or what is wrong. Nothing where it could not be found out.
    std::optional<std::string> verdict() const;

  private:
    void work();

    thoroughness how_;
    std::optional<database> file_{};
    mutable std::mutex mutex_{};
    std::condition_variable ended_{};
    bool over_ = false;
    std::optional<std::string> verdict_{};
    std::thread thread_; ///< last: it uses all of the above
};

} // namespace ulak::ledger
