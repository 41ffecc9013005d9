// The last firings of each job that did not become runs, with the reasons.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::engine {

/// What a job is asked for; the events have all of them.
inline constexpr std::size_t max_missed_firings = 20;

class missed_firings {
  public:
    /// Reads those from before the daemon's start out of the stored events. They are history, so a store that cannot
    /// be read leaves them out and is no error.
    task<> load(shared_state& shared);

    void add(firing_view missed);
    std::vector<firing_view> of(std::string_view job) const; ///< oldest first

  private:
    std::map<std::string, std::deque<firing_view>, std::less<>> by_job_{};
};

} // namespace ulak::engine
