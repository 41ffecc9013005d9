#include "async/deadline.hpp"

namespace ulak::async::detail {

task<boost::system::error_code> sleep_branch(clock& time, steady_point when)
{
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    co_return co_await time.sleep_until(when);
}

error abort_error(std::exception_ptr failure, bool by_deadline)
{
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& e) {
        if (e.code() != boost::asio::error::operation_aborted)
            throw;
    }
    // The exception does not tell how far the request got, so the worst is assumed.
    if (by_deadline)
        return error(errc::timed_out, "timed out", reach::maybe_sent);
    return error(errc::cancelled, "cancelled", reach::maybe_sent);
}

error cancelled_error(error from_work, bool by_deadline)
{
    if (by_deadline) {
        from_work.code = errc::timed_out;
        from_work.message = "timed out";
    }
    return from_work;
}

} // namespace ulak::async::detail
