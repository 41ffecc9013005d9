#include "http/client/local_call.hpp"

#include "http/client/request_writer.hpp"

#include "async/waiter.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>

#include <sys/un.h>

#include <array>

namespace ulak::http {

namespace asio = boost::asio;

local_call::local_call(executor ex, std::string path, const request& r)
    : path_(std::move(path)), request_(r), socket_(ex), reader_(r.max_body)
{}

void local_call::expire() noexcept
{
    timed_out_ = true;
    close_socket();
}

void local_call::close_socket() noexcept
{
    error_code ignored;
    socket_.close(ignored);
    if (stream_)
        stream_->close();
}

// The cause of a failed step: the deadline, a cancellation, or the connection.
task<error> local_call::io_error(std::string_view doing, reach how_far)
{
    bool cancelled = co_await async::cancellation_requested();
    std::string where = std::string(doing) + " " + path_;
    if (timed_out_) {
        trace_.closed_by = close_reason::timeout;
        co_return error(errc::timed_out, "no answer in time while " + where, how_far);
    }
    if (cancelled) {
        trace_.closed_by = close_reason::cancelled;
        co_return error(errc::cancelled, "cancelled while " + where, how_far);
    }
    co_return error(errc::connection_lost, "the connection broke while " + where, how_far);
}

task<std::optional<error>> local_call::connect()
{
    trace_.reached = phase::connect;
    if (path_.empty() || path_.size() >= sizeof(sockaddr_un::sun_path))
        co_return error(errc::invalid_argument, "the path of a socket has 1 to 107 bytes: " + path_);
    asio::local::stream_protocol::endpoint where(path_);
    asio::generic::stream_protocol::endpoint generic(where);
    error_code failed;
    auto token = asio::redirect_error(use_task, failed);
    co_await socket_.async_connect(generic, token);
    bool cancelled = co_await async::cancellation_requested();
    if (timed_out_ || cancelled)
        co_return co_await io_error("connecting to", reach::not_sent);
    if (failed == asio::error::access_denied)
        co_return error(errc::forbidden, "not allowed to connect to " + path_);
    if (failed)
        co_return error(errc::connect_failed, "nobody listens at " + path_ + ": " + failed.message());
    stream_ = std::make_unique<plain_stream>(std::move(socket_));
    co_return std::nullopt;
}

task<result<response>> local_call::run()
{
    auto checked = check_request(request_);
    if (!checked)
        co_return checked.error();
    auto refused = co_await connect();
    if (refused)
        co_return *refused;
    // Write.
    std::string outgoing;
    write_request(outgoing, request_, "ulak", "");
    trace_.reached = phase::writing;
    trace_.handed_to_tls = true;
    // A server that rejects a request may reply before it has read it all, so a failed write does not end the call.
    co_await stream_->write(outgoing);
    trace_.reached = phase::written;
    // Read until the response is complete.
    std::array<char, 16 * 1024> buffer;
    auto step = response_reader::step::more;
    while (step == response_reader::step::more) {
        auto got = co_await stream_->read_some(buffer);
        if (got.ec && (timed_out_ || stream_->closed_by() == close_reason::none))
            co_return co_await io_error("waiting for", reach::maybe_sent);
        step = got.ec ? reader_.end_of_stream(true) : reader_.feed(std::string_view(buffer.data(), got.bytes));
        trace_.reached = reader_.reached();
    }
    trace_.closed_by = stream_->closed_by();
    if (step == response_reader::step::failed)
        co_return reader_.failure();
    trace_.framing_ok = reader_.framing_ok();
    trace_.leftover = reader_.leftover();
    co_return reader_.take();
}

} // namespace ulak::http
