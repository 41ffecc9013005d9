#include "http/local_client.hpp"

#include "http/response_reader.hpp"
#include "http/request_writer.hpp"
#include "http/stream.hpp"
#include "http/deadline_queue.hpp"

#include "async/waiter.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <sys/un.h>

#include <array>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

class local_call {
  public:
    local_call(executor ex, std::string path, const request& r)
        : path_(std::move(path)), request_(r), socket_(ex), reader_(r.max_body)
    {}

    task<result<response>> run();
    void close() noexcept { timed_out_ = true, close_socket(); }
    void stream_to(std::function<bool(std::string_view)> content) { reader_.stream_to(std::move(content)); }
    const exchange_trace& trace() const noexcept { return trace_; }

  private:
    task<std::optional<error>> connect();
    task<error> io_error(std::string_view doing, reach how_far);
    void close_socket() noexcept;

    std::string path_;
    const request& request_;
    stream_socket socket_;
    std::unique_ptr<plain_stream> stream_{};
    response_reader reader_;
    exchange_trace trace_;
    bool timed_out_ = false;
};

void local_call::close_socket() noexcept
{
    error_code ignored;
    socket_.close(ignored);
    if (stream_)
        stream_->close();
}

task<error> local_call::io_error(std::string_view doing, reach how_far)
{
    bool told = co_await async::cancellation_requested();
    std::string where = std::string(doing) + " " + path_;
    if (timed_out_) {
        trace_.closed_by = close_reason::timeout;
        co_return error(errc::timed_out, "no answer in time while " + where, how_far);
    }
    if (told) {
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
    bool told = co_await async::cancellation_requested();
    if (timed_out_ || told)
        co_return co_await io_error("connecting to", reach::not_sent);
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
    std::string outgoing;
    write_request(outgoing, request_, "ulak", "");
    trace_.reached = phase::writing;
    trace_.handed_to_tls = true;
    // A server that refuses may answer before it has read everything, so a failed write is not the last word.
    co_await stream_->write(outgoing);
    trace_.reached = phase::written;
    std::array<char, 16 * 1024> arrived;
    auto now = response_reader::step::more;
    while (now == response_reader::step::more) {
        auto came = co_await stream_->read_some(arrived);
        if (came.ec && (timed_out_ || stream_->closed_by() == close_reason::none))
            co_return co_await io_error("waiting for", reach::maybe_sent);
        now = came.ec ? reader_.end_of_stream(true) : reader_.feed(std::string_view(arrived.data(), came.bytes));
        trace_.reached = reader_.reached();
    }
    trace_.closed_by = stream_->closed_by();
    if (now == response_reader::step::failed)
        co_return reader_.failure();
    trace_.framing_ok = reader_.framing_ok();
    trace_.leftover = reader_.leftover();
    co_return reader_.take();
}

} // namespace

task<exchange> send_local(async::clock& time, std::string socket_path, request r, async::steady_point deadline)
{
    auto began = time.now();
    auto ex = co_await asio::this_coro::executor;
    bool by_exception = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    auto deadlines = std::make_shared<deadline_queue>(ex, time);
    local_call call(ex, std::move(socket_path), r);
    deadline_callback late([&call] { call.close(); });
    deadlines->arm(late, deadline);
    auto answer = co_await call.run();
    deadlines->disarm(late);
    deadlines->stop();
    auto how = call.trace();
    how.duration = std::chrono::duration_cast<std::chrono::microseconds>(time.now() - began);
    co_await asio::this_coro::throw_if_cancelled(by_exception);
    co_return exchange(std::move(answer), how);
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
