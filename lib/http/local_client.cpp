#include "http/local_client.hpp"

#include "http/client/local_call.hpp"
#include "http/detail/deadline_queue.hpp"

#include <boost/asio/this_coro.hpp>

namespace ulak::http {

namespace asio = boost::asio;

task<exchange> send_local(async::clock& clock, std::string socket_path, request r, async::steady_point deadline)
{
    auto began = clock.now();
    auto ex = co_await asio::this_coro::executor;
    bool by_exception = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    auto deadlines = std::make_shared<deadline_queue>(ex, clock);
    local_call call(ex, std::move(socket_path), r);
    deadline_callback timeout([&call] { call.expire(); });
    deadlines->arm(timeout, deadline);
    auto answer = co_await call.run();
    deadlines->disarm(timeout);
    deadlines->stop();
    auto trace = call.trace();
    trace.duration = std::chrono::duration_cast<std::chrono::microseconds>(clock.now() - began);
    co_await asio::this_coro::throw_if_cancelled(by_exception);
    co_return exchange(std::move(answer), trace);
}

task<result<void>> follow_local(async::clock&, std::string socket_path, request r,
                                std::function<bool(std::string_view)> on_bytes)
{
    auto ex = co_await asio::this_coro::executor;
    bool by_exception = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    local_call call(ex, std::move(socket_path), r);
    call.stream_to(std::move(on_bytes));
    auto answer = co_await call.run();
    co_await asio::this_coro::throw_if_cancelled(by_exception);
    if (!answer)
        co_return answer.error();
    if (answer->status == 200)
        co_return result<void>();
    error refused(errc::unavailable, answer->body, reach::answered);
    refused.http_status = answer->status;
    co_return refused;
}

} // namespace ulak::http
