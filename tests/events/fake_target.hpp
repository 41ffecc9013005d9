// A log target under the test's control: how much it takes, and what it took.
#pragma once

#include "events/detail/log_target.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

namespace ulak::events {

/// Shared by a test and the target that the writer owns. Callable from the test and from the writer's thread.
struct target_script {
    std::string taken() const
    {
        const std::scoped_lock lock(mutex);
        return text;
    }
    void give_space(std::size_t bytes)
    {
        const std::scoped_lock lock(mutex);
        space += bytes;
    }

    mutable std::mutex mutex{};
    std::string text{};
    std::size_t space = 0; ///< bytes that it takes before it blocks
    bool broken = false;
    int reopened = 0;
};

class fake_target final : public log_target {
  public:
    explicit fake_target(target_script& script) : script_(script), null_(::open("/dev/null", O_WRONLY | O_CLOEXEC)) {}
    ~fake_target() override { ::close(null_); }
    fake_target(const fake_target&) = delete;
    fake_target& operator=(const fake_target&) = delete;

    write_result write(std::string_view bytes, std::size_t& done) override
    {
        const std::scoped_lock lock(script_.mutex);
        if (script_.broken)
            return write_result::broken;
        done = std::min(bytes.size(), script_.space);
        script_.space -= done;
        script_.text += bytes.substr(0, done);
        if (done == bytes.size())
            return write_result::all;
        return done > 0 ? write_result::partial : write_result::would_block;
    }
    int fd() const override { return null_; } ///< always has room, so that the writer's thread never waits for long
    void reopen() override { ++script_.reopened; }

  private:
    target_script& script_;
    int null_;
};

} // namespace ulak::events
