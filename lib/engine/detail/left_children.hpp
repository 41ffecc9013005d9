// Children that could not be killed, such as a program that runs as another user.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace ulak::engine {

/// Nobody waits for them. They are reaped when somebody asks for their number; what runs when the daemon ends falls to
/// the machine's init.
class left_children {
  public:
    void add(pid_t pid) { pids_.push_back(pid); }
    std::size_t count();      ///< how many still run
    std::string pids() const; ///< "4711, 4712"

    /// Children belong to the process, so there is one list of them.
    static left_children& of_process();

  private:
    std::vector<pid_t> pids_{};
};

} // namespace ulak::engine
