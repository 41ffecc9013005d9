// Whether the store takes batches that begin something, and a callback for when that changes.
#pragma once

#include "async/task.hpp"

#include <functional>
#include <mutex>
#include <string>

namespace ulak::ledger {

/// Sentences for a person, each with its remedy; empty where all is well.
struct store_health {
    store_health() = default;

    std::string held{};    ///< the folder is a copy or was put back: nothing costly until a person adopts it
    std::string blocked{}; ///< the disk refuses, or the file is not in its place: nothing costly until all is well
    bool first = false;    ///< this process made the store; it knows of nothing that was before

    bool healthy() const noexcept { return held.empty() && blocked.empty(); }
};

using health_callback = std::function<void(const store_health&)>;

/// Written by the store's thread, read by any. `changed` is posted to the executor, once per change.
class health_monitor {
  public:
    health_monitor(executor loop, health_callback changed) : loop_(loop), changed_(std::move(changed)) {}

    store_health current() const;
    void set_held(std::string why);
    void set_first();
    void set_blocked(std::string why); ///< another reason while blocked is no change

  private:
    void notify(const store_health& h);

    executor loop_;
    health_callback changed_;
    mutable std::mutex mutex_{};
    store_health health_{};
};

} // namespace ulak::ledger
