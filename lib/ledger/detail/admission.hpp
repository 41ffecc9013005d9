// Decides which batches a store takes: all of them, or only those that settle what has happened already. Private to the
// module; one thread at a time.
#pragma once

#include "ledger/change.hpp"
#include "ledger/health_monitor.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ulak::ledger {

/// | state   | because                                  | until                                     |
/// | ------- | ---------------------------------------- | ----------------------------------------- |
/// | blocked | the disk refused a write                 | a write and a check of the file went well |
/// | damaged | the file is not as it was written        | a person puts it right and restarts       |
/// | held    | the folder is a copy, or was put back    | a person adopts it                        |
///
/// In each of them batches that begin something (a run, an intent, a dispatch) are refused; outcomes are still tried.
class admission {
  public:
    /// Shows every change on `monitor`, if there is one.
    explicit admission(std::shared_ptr<health_monitor> monitor = {}) : monitor_(std::move(monitor)) {}

    /// Why this batch is refused: errc::unavailable while blocked, errc::paused while held; nullopt if it is not.
    std::optional<error> refusal(const batch& changes) const;

    bool blocked() const noexcept { return !blocked_.empty(); }
    /// With a sentence for a person; an empty one unblocks.
    void set_blocked(std::string why);

    bool damaged() const noexcept { return !damage_.empty(); }
    const std::string& damage() const noexcept { return damage_; }
    /// Blocks for good: what reads and writes a damaged file makes it worse.
    void mark_damaged(std::string why);

    bool held() const noexcept { return !held_.empty(); }
    /// With a sentence for a person; an empty one releases.
    void set_held(std::string why);

  private:
    std::shared_ptr<health_monitor> monitor_;
    std::string blocked_{}, held_{}, damage_{};
};

} // namespace ulak::ledger
