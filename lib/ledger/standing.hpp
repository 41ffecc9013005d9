// Whether the store may be spent by, and who is told when that changes.
#pragma once

#include "async/task.hpp"

#include <functional>
#include <mutex>
#include <string>

namespace ulak::ledger {

/// Sentences for a person, with the remedy; empty where all is well.
struct standing {
    standing() = default;

    std::string held{};    ///< the folder is a copy or was put back: nothing costly until a person adopts it
    std::string blocked{}; ///< the disk refuses: nothing costly until it takes what is written again

    bool sound() const noexcept { return held.empty() && blocked.empty(); }
};

using standing_changed = std::function<void(const standing&)>;

/// The store's thread writes on it, any thread reads. `changed` is called on the executor.
class standing_board {
  public:
    standing_board(executor ex, standing_changed changed) : ex_(ex), changed_(std::move(changed)) {}

    standing now() const;
    void hold(std::string why);
    void block(std::string why); ///< a second reason while blocked is not told again

  private:
    void tell(const standing& s);

    executor ex_;
    standing_changed changed_;
    mutable std::mutex mutex_{};
    standing standing_{};
};

} // namespace ulak::ledger
