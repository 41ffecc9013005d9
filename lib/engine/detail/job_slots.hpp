// How many runs of each job are under way, against its `concurrency`.
#pragma once

#include "engine/detail/active_run.hpp"

#include <map>
#include <string>

namespace ulak::engine {

class job_slots {
  public:
    /// False: the job runs as often as its concurrency allows.
    bool reserve(active_run& run);
    /// A slot beyond the limit, if need be: what was running goes on even if its job allows fewer by now.
    void reserve_anyway(active_run& run);
    /// False: it held none.
    bool release(active_run& run);

    std::size_t running(const std::string& job) const;

  private:
    std::map<std::string, std::size_t> taken_{}; ///< by job, never 0
};

} // namespace ulak::engine
