#include "ulakctl/daemon_transport.hpp"

#include "async/system_clock.hpp"
#include "http/local_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <optional>

namespace ulak::ctl {

namespace {

/// What a call came to; one of the two.
struct call_result {
    std::optional<http::exchange> exchange{};
    std::optional<result<void>> stream{};
};

task<> send_into(async::clock& clock, const std::string& socket, http::request r, async::steady_point deadline,
                 call_result& out)
{
    out.exchange = co_await http::send_local(clock, socket, std::move(r), deadline);
}

task<> follow_into(async::clock& clock, const std::string& socket, http::request r,
                   std::function<bool(std::string_view)> on_bytes, call_result& out)
{
    out.stream = co_await http::follow_local(clock, socket, std::move(r), std::move(on_bytes));
}

task<> sleep(async::clock& clock, std::chrono::milliseconds span)
{
    auto ended = co_await clock.sleep_for(span);
    (void)ended; // nobody cancels it
}

/// Runs one coroutine on a loop of its own. An exception that escapes it is a bug, and ends the program.
template<class Start>
call_result run(Start start)
{
    boost::asio::io_context loop{1};
    async::system_clock clock(loop.get_executor());
    call_result out;
    boost::asio::co_spawn(loop, start(clock, out), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    loop.run();
    return out;
}

class unix_transport final : public daemon_transport {
  public:
    explicit unix_transport(std::string socket) : socket_(std::move(socket)) {}

    result<http::response> send(http::request r, std::chrono::milliseconds timeout) override
    {
        auto got = run([&](async::clock& clock, call_result& out) {
            return send_into(clock, socket_, std::move(r), clock.now() + timeout, out);
        });
        return std::move(got.exchange->answer);
    }

    result<void> follow(http::request r, std::function<bool(std::string_view)> on_bytes) override
    {
        auto got = run([&](async::clock& clock, call_result& out) {
            return follow_into(clock, socket_, std::move(r), std::move(on_bytes), out);
        });
        return std::move(*got.stream);
    }

    void pause(std::chrono::milliseconds span) override
    {
        run([span](async::clock& clock, call_result&) { return sleep(clock, span); });
    }

  private:
    std::string socket_;
};

} // namespace

std::shared_ptr<daemon_transport> make_unix_transport(std::string socket)
{
    return std::make_shared<unix_transport>(std::move(socket));
}

} // namespace ulak::ctl
