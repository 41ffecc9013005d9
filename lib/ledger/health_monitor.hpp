// Whether the store may be spent by, and who is told when that changes.
#pragma once

#include "async/task.hpp"

#include <functional>
#include <mutex>
#include <string>

namespace ulak::ledger {

/// Sentences for a person, with the remedy; empty where all is well.
struct store_health {
    store_health() = default;

    std::string held{};    ///< the folder is a copy or was put back: nothing costly until a person adopts it
    std::string blocked{}; ///< the disk refuses: nothing costly until it takes what is written again

    bool healthy() const noexcept { return held.empty() && blocked.empty(); }
};

using health_callback = std::function<void(const store_health&)>;

/// The store's thread writes on it, any thread reads. `changed` is called on the executor.
class health_monitor {
  public:
    health_monitor(executor ex, health_callback changed) : ex_(ex), changed_(std::move(changed)) {}

    store_health current() const;
    void set_held(std::string why);
    void set_blocked(std::string why); ///< a second reason while blocked is not told again

  private:
    void notify(const store_health& s);

    executor ex_;
    health_callback changed_;
    mutable std::mutex mutex_{};
    store_health health_{};
};

} // namespace ulak::ledger
