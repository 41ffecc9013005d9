// Hears from the kernel when the wall time was set, or the machine woke from a suspend.
#pragma once

#include "async/task.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/system/error_code.hpp>

namespace ulak::async {

/// A timer of the kernel that nothing but such a step ends (TFD_TIMER_CANCEL_ON_SET). NTP that slews is no step.
/// Throws boost::system::system_error when the kernel has no timer left.
class wall_watch {
  public:
    explicit wall_watch(executor ex);

    /// See clock::wait_until_set; one waiter at a time.
    task<boost::system::error_code> wait();

  private:
    void arm();

    boost::asio::posix::basic_stream_descriptor<executor> timer_;
};

} // namespace ulak::async
