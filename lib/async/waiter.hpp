// One coroutine that waits for one wake-up: what queues, joins and the manual clock are made of.
#pragma once

#include "async/task.hpp"
#include "async/timer.hpp"

#include <boost/intrusive/list.hpp>
#include <boost/system/error_code.hpp>

namespace ulak::async {

/// Whether the calling coroutine was already told to stop. A signal is given once: a wait that begins afterwards would
/// never hear of it, so every wait of this room asks first.
task<bool> cancellation_requested();

/// Lives in the frame of the coroutine that waits. It leaves its line by itself when it dies.
class waiter : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
  public:
    explicit waiter(executor ex);
    waiter(const waiter&) = delete;
    waiter& operator=(const waiter&) = delete;

    /// The coroutine goes on at a later turn of the loop. More than once is the same as once.
    void wake();
    bool woken() const noexcept { return woken_; }

    /// No error once woken, also when a cancellation came at the same time, so that what was handed over with the
    /// wake-up is never lost; `operation_aborted` when cancelled first. Called once.
    task<boost::system::error_code> wait();

  private:
    steady_timer timer_;
    bool woken_ = false;
};

template<class Waiter = waiter>
using wait_queue = boost::intrusive::list<Waiter, boost::intrusive::constant_time_size<false>>;

} // namespace ulak::async
