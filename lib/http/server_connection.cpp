#include "http/server_connection.hpp"

#include "core/failpoint.hpp"
#include "http/problem.hpp"

#include <fmt/format.h>

#include <exception>
#include <utility>

namespace ulak::http {
namespace {

// How long, and for how much, a refused peer is listened to, so that our answer is not lost in a reset.
constexpr std::chrono::milliseconds linger_time(1000);
constexpr std::size_t linger_bytes = 256 * 1024;
constexpr std::chrono::milliseconds last_write_time(1000); // for the room that was kept back; no peer is waited for
constexpr std::size_t max_joined_bytes = 64 * 1024;         // up to this size head and body leave in one piece
constexpr std::string_view garbage_bytes = "HTTP/1.1 200 OK\r\nX-Garbage: 1\r\n";

} // namespace

server_connection::server_connection(std::shared_ptr<const service_config> of, std::unique_ptr<stream> wire, peer from,
                                     async::clock& time, std::shared_ptr<deadline_queue> deadlines)
    : service_(std::move(of)),
      stream_(std::move(wire)),
      peer_(std::move(from)),
      clock_(time),
      deadlines_(std::move(deadlines)),
      reader_(service_->limits)
{
    peer_.listener = service_->name;
    stream_->on_progress = [this] {
        if (stage_ == stage::writing)
            set_deadline(service_->limits.write_timeout);
    };
}

server_connection::~server_connection()
{
    deadlines_->disarm(*this);
}

void server_connection::set_deadline(std::chrono::milliseconds span)
{
    deadlines_->arm(*this, clock_.now() + span);
}

void server_connection::on_deadline() noexcept
{
    timed_out_ = true;
    if (stage_ == stage::reading)
        stream_->cancel(); // there is still an answer to give
    else if (streaming_ && stage_ == stage::writing && !std::exchange(leaving_, true) && stream_->release_send_reserve())
        set_deadline(last_write_time);
    else
        stream_->close();
}

void server_connection::close_when_idle() noexcept
{
    stopping_ = true;
    if (stage_ == stage::waiting)
        stream_->close();
}

void server_connection::abort() noexcept
{
    stopping_ = true;
    stream_->close();
    cancel_signal.emit(boost::asio::cancellation_type::terminal);
}

void server_connection::evict() noexcept
{
    stopping_ = timed_out_ = true;
    if (!streaming_ || std::exchange(leaving_, true) || !stream_->release_send_reserve())
        return abort();
    set_deadline(last_write_time);
    if (stage_ == stage::handling) // a piece on its way is not broken off
        cancel_signal.emit(boost::asio::cancellation_type::terminal);
}

task<> server_connection::run()
{
    set_deadline(service_->limits.request_timeout);
    auto failed = co_await stream_->handshake();
    bool more = !failed;
    while (more)
        more = co_await serve_one();
    deadlines_->disarm(*this);
    if (stream_->is_open())
        stream_->shutdown();
    stream_->close();
}

task<bool> server_connection::serve_one()
{
    bool complete = co_await read_request();
    if (!complete)
        co_return false;
    request_ = reader_.take();
    request_.remote = peer_;
    stage_ = stage::handling;
    deadlines_->disarm(*this);
    auto r = co_await call_handler();
    stage_ = stage::writing;
    set_deadline(service_->limits.write_timeout);
    bool keep_alive = reader_.keep_alive() && !stopping_;
    bool sent = false;
    if (r.fault != wire_fault::none)
        sent = co_await send_faulty(std::move(r));
    else if (r.stream)
        sent = co_await stream_reply(std::move(r), keep_alive);
    else
        sent = co_await send_reply(std::move(r), keep_alive);
    if (!sent || !keep_alive || stopping_)
        co_return false;
    reader_.start_next();
    stage_ = stage::waiting;
    set_deadline(service_->limits.idle_timeout);
    co_return true;
}

task<bool> server_connection::read_request()
{
    auto now = request_reader::step::more;
    std::string_view bytes;
    for (;;) {
        if (!bytes.empty() || reader_.started()) {
            if (stage_ == stage::waiting)
                set_deadline(service_->limits.request_timeout);
            stage_ = stage::reading;
            now = reader_.feed(bytes);
        }
        if (now == request_reader::step::done)
            co_return true;
        if (now == request_reader::step::failed)
            co_return co_await reject();
        if (now == request_reader::step::wants_continue) {
            bool told = co_await write_bytes("HTTP/1.1 100 Continue\r\n\r\n");
            if (!told)
                co_return false;
        }
        auto came = co_await stream_->read_some(read_buffer_);
        if (timed_out_ && stage_ == stage::reading && reader_.started())
            co_return co_await reject();
        if (came.ec || timed_out_)
            co_return false;
        bytes = std::string_view(read_buffer_.data(), came.bytes);
    }
}

task<bool> server_connection::reject()
{
    auto r = problem(408, "the request did not come in time");
    if (!timed_out_)
        r = problem(reader_.reason().status, reader_.reason().detail);
    timed_out_ = false;
    stage_ = stage::writing;
    set_deadline(service_->limits.write_timeout);
    request_.verb = "GET"; // an answer with a body
    bool sent = co_await send_reply(std::move(r), false);
    if (sent)
        co_await linger();
    co_return false;
}

task<> server_connection::reject_busy()
{
    stage_ = stage::writing;
    set_deadline(linger_time);
    request_.verb = "GET";
    bool sent = co_await send_reply(problem(503, "too many connections; try again later"), false);
    if (sent)
        co_await linger();
    stream_->close();
}

task<> server_connection::linger()
{
    stage_ = stage::lingering;
    stream_->shutdown();
    set_deadline(linger_time);
    for (std::size_t heard = 0; heard < linger_bytes;) {
        auto came = co_await stream_->read_some(read_buffer_);
        if (came.ec)
            break;
        heard += came.bytes;
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

task<bool> server_connection::write_bytes(std::string bytes)
{
    if (write_failed_)
        co_return false;
    ULAK_FAILPOINT("control/answer");
    auto failed = co_await stream_->write(bytes);
    write_failed_ = static_cast<bool>(failed);
    ULAK_FAILPOINT("control/answered");
    co_return !write_failed_;
}

task<bool> server_connection::send_reply(reply r, bool keep_alive)
{
    auto head = write_head(r, framing::length, r.body.size(), keep_alive);
    if (!head) {
        r = problem(500, "the answer cannot be sent");
        head = write_head(r, framing::length, r.body.size(), keep_alive);
    }
    bool no_body = request_.verb == "HEAD" || r.status == 204 || r.status == 304;
    if (no_body)
        r.body.clear();
    if (r.body.size() <= max_joined_bytes)
        head->append(std::exchange(r.body, std::string()));
    bool sent = co_await write_bytes(std::move(*head));
    if (sent && !r.body.empty())
        sent = co_await write_bytes(std::move(r.body));
    co_return sent;
}

task<bool> server_connection::stream_reply(reply r, bool keep_alive)
{
    chunked_ = !reader_.is_http10();
    auto head = write_head(r, chunked_ ? framing::chunked : framing::until_close, 0, keep_alive && chunked_);
    if (!head)
        co_return co_await send_reply(problem(500, "the answer cannot be sent"), keep_alive);
    bool sent = co_await write_bytes(std::move(*head));
    if (!sent || request_.verb == "HEAD")
        co_return sent;
    stage_ = stage::handling;
    deadlines_->disarm(*this);
    bool whole = false;
    streaming_ = true;
    stream_->reserve_send_buffer();
    try {
        co_await r.stream(*this);
        whole = true;
    } catch (const std::exception&) {
        // The peer sees that the last chunk is missing.
    }
    if (!whole || write_failed_ || !chunked_)
        co_return false;
    stage_ = stage::writing;
    set_deadline(leaving_ ? last_write_time : service_->limits.write_timeout);
    bool ended = co_await write_bytes("0\r\n\r\n");
    streaming_ = false;
    co_return ended && !leaving_;
}

task<result<void>> server_connection::write(std::string piece)
{
    if (piece.empty())
        co_return result<void>();
    if (chunked_)
        piece = fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
    const bool last = leaving_;
    stage_ = stage::writing;
    set_deadline(last ? last_write_time : service_->limits.write_timeout);
    bool sent = co_await write_bytes(std::move(piece));
    stage_ = stage::handling;
    deadlines_->disarm(*this);
    if (sent && leaving_ == last)
        co_return result<void>();
    if (timed_out_)
        co_return error(errc::timed_out, "the reader takes nothing");
    co_return error(errc::connection_lost, "the reader is gone");
}

task<bool> server_connection::send_faulty(reply r)
{
    if (r.fault == wire_fault::reset_unanswered)
        stream_->reset();
    if (r.fault == wire_fault::close_unanswered)
        stream_->shutdown();
    if (r.fault == wire_fault::truncate || r.fault == wire_fault::garbage_after) {
        auto head = write_head(r, framing::length, r.body.size(), true);
        std::string bytes = head ? std::move(*head) : std::string();
        if (r.fault == wire_fault::truncate)
            bytes.append(r.body, 0, r.truncate_at);
        else
            bytes.append(r.body).append(garbage_bytes);
        co_await write_bytes(std::move(bytes));
    }
    stream_->close(); // without a word of TLS about it
    co_return false;
}

} // namespace ulak::http
