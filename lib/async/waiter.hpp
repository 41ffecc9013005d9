// A coroutine that waits for one wake-up: the part of which queues, joins and the manual clock are made.
#pragma once

#include "async/task.hpp"
#include "async/timer.hpp"

#include <boost/intrusive/list.hpp>
#include <boost/system/error_code.hpp>

namespace ulak::async {

/// Whether the calling coroutine was cancelled already. A signal is given once: a wait that begins afterwards would
/// never see it, so every wait of this module asks first.
task<bool> cancellation_requested();

/// Lives in the frame of the coroutine that waits. Leaves its queue by itself when it dies.
class waiter : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
  public:
    explicit waiter(executor ex);
    waiter(const waiter&) = delete;
    waiter& operator=(const waiter&) = delete;

    /// The coroutine resumes at a later turn of the loop. Waking twice is the same as once.
    void wake();
    bool woken() const noexcept { return woken_; }

    /// No error once woken, also when a cancellation came at the same time, so that a value handed over with the
    /// wake-up is never lost; `operation_aborted` when cancelled first. Called once.
    task<boost::system::error_code> wait();

  private:
    steady_timer timer_;
    bool woken_ = false;
};

/// Waiters in the order of their arrival; owns none of them.
template<class Waiter = waiter>
using wait_queue = boost::intrusive::list<Waiter, boost::intrusive::constant_time_size<false>>;

} // namespace ulak::async
