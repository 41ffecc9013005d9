#include "http/server/server_connection.hpp"

#include "http/server/problem.hpp"
#include "http/server/reply_writer.hpp"

#include <sys/socket.h>

#include <exception>

namespace ulak::http {
namespace {

// How long, and for how many bytes, a rejected peer is read, so that our reply is not lost in a reset.
constexpr std::chrono::milliseconds linger_time(1000);
constexpr std::size_t linger_bytes = 256 * 1024;

constexpr reply_form closing_form{}; ///< a reply with a body, then the end

} // namespace

server_connection::server_connection(std::shared_ptr<const service_config> service, std::unique_ptr<stream> wire,
                                     peer from, async::clock& clock, std::shared_ptr<deadline_queue> deadlines)
    : service_(std::move(service)),
      stream_(std::move(wire)),
      deadlines_(std::move(deadlines)),
      lifetime_(*stream_, clock, *deadlines_, service_->limits),
      sender_(*stream_, lifetime_, *service_->replies),
      peer_(std::move(from)),
      reader_(service_->limits)
{
    peer_.listener = service_->name;
}

task<> server_connection::run()
{
    lifetime_.enter(stage::waiting, service_->limits.request_timeout);
    auto failed = co_await stream_->handshake();
    bool more = !failed;
    while (more)
        more = co_await serve_one();
    lifetime_.finish();
    if (stream_->is_open())
        stream_->shutdown();
    stream_->close();
}

// Whether another request may follow.
task<bool> server_connection::serve_one()
{
    // Read.
    bool complete = co_await read_request();
    if (!complete)
        co_return false;
    request_ = reader_.take();
    request_.remote = peer_;
    request_.observer = this;

    // Handle.
    lifetime_.enter_handling();
    auto r = co_await call_handler();

    // Reply.
    lifetime_.enter_writing();
    reply_form form;
    form.is_head = request_.verb == "HEAD";
    form.is_read = form.is_head || request_.verb == "GET";
    form.is_http10 = reader_.is_http10();
    form.keep_alive = reader_.keep_alive() && !lifetime_.is_stopping();
    bool sent = co_await sender_.send(std::move(r), form);
    if (!sent || !form.keep_alive || lifetime_.is_stopping())
        co_return false;
    reader_.start_next();
    lifetime_.enter(stage::waiting, service_->limits.idle_timeout);
    co_return true;
}

// False: the connection ends, with or without a reply that says why.
task<bool> server_connection::read_request()
{
    auto step = request_reader::step::more;
    std::string_view bytes;
    for (;;) {
        // The request timeout runs from the first byte.
        if (!bytes.empty() || reader_.started()) {
            if (lifetime_.in(stage::waiting))
                lifetime_.enter(stage::reading, service_->limits.request_timeout);
            step = reader_.feed(bytes);
        }
        if (step == request_reader::step::done)
            co_return true;
        if (step == request_reader::step::failed)
            co_return co_await reject();
        if (step == request_reader::step::wants_continue) {
            bool sent = co_await sender_.send_continue();
            if (!sent)
                co_return false;
        }
        auto got = co_await stream_->read_some(read_buffer_);
        if (lifetime_.timed_out() && lifetime_.in(stage::reading) && reader_.started())
            co_return co_await reject();
        if (got.ec || lifetime_.timed_out())
            co_return false;
        bytes = std::string_view(read_buffer_.data(), got.bytes);
    }
}

// A request that did not come in time, or that the reader refuses.
task<bool> server_connection::reject()
{
    auto r = problem(408, "the request did not come in time");
    if (!lifetime_.timed_out())
        r = problem(reader_.reason().status, reader_.reason().detail);
    lifetime_.forget_timeout();
    lifetime_.enter_writing();
    bool sent = co_await sender_.send(std::move(r), closing_form);
    if (sent)
        co_await linger();
    co_return false;
}

task<> server_connection::reject_busy()
{
    lifetime_.enter(stage::writing, linger_time);
    auto r = busy_problem();
    bool sent = co_await sender_.send(std::move(r), closing_form);
    if (sent)
        co_await linger();
    stream_->close();
}

void server_connection::refuse_now(int fd) noexcept
{
    static const std::string bytes = [] {
        const auto r = busy_problem();
        auto head = write_head(r, framing::length, r.body.size(), false);
        return head ? *head + r.body : std::string();
    }();
    (void)::send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL); // an empty buffer takes it whole
}

task<> server_connection::linger()
{
    stream_->shutdown();
    lifetime_.enter(stage::lingering, linger_time);
    for (std::size_t heard = 0; heard < linger_bytes;) {
        auto got = co_await stream_->read_some(read_buffer_);
        if (got.ec)
            break;
        heard += got.bytes;
    }
}

task<reply> server_connection::call_handler()
{
    try {
        auto answered = co_await service_->handle(request_);
        co_return answered;
    } catch (const std::exception&) {
        // The text of an exception may hold what a peer must not see.
    }
    co_return problem(500, "the request met an internal error");
}

} // namespace ulak::http
