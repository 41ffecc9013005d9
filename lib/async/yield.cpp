#include "async/yield.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

namespace ulak::async {

task<> yield()
{
    auto ex = co_await boost::asio::this_coro::executor;
    co_await boost::asio::post(ex, use_task);
}

} // namespace ulak::async
