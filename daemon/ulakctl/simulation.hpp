// ulak-sim and an ulakd of its own, in a folder that goes with them.
#pragma once

#include "core/error.hpp"

#include <string>
#include <vector>

#include <sys/types.h>

namespace ulak::ctl {

class simulation {
  public:
    simulation() = default;
    ~simulation(); ///< ends both and removes the folder
    simulation(const simulation&) = delete;
    simulation& operator=(const simulation&) = delete;

    /// Starts both and waits until the daemon answers. Errors say what the programs said.
    result<void> start(const std::string& config);
    std::string socket() const { return folder_ + "/ulak.sock"; }

  private:
    result<void> launch(std::vector<std::string> words, const std::string& said);
    result<void> wait_for(const std::string& path, const std::string& said);

    std::string folder_{};
    std::vector<pid_t> processes_{};
};

} // namespace ulak::ctl
