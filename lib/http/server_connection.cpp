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
constexpr std::chrono::milliseconds parting_time(1000); // for the room that was kept back; no peer is waited for
constexpr std::size_t joined_bytes = 64 * 1024;         // up to this size head and body leave in one piece
constexpr std::string_view garbage = "HTTP/1.1 200 OK\r\nX-Garbage: 1\r\n";

} // namespace

server_connection::server_connection(std::shared_ptr<const service> of, std::unique_ptr<stream> wire, peer from,
                                     async::clock& time, std::shared_ptr<watch> deadlines)
    : service_(std::move(of)),
      stream_(std::move(wire)),
      peer_(std::move(from)),
      clock_(time),
      watch_(std::move(deadlines)),
      reader_(service_->limits)
{
    peer_.listener = service_->name;
    stream_->on_progress = [this] {
        if (stage_ == stage::writing)
            allow(service_->limits.write_time);
    };
}

server_connection::~server_connection()
{
    watch_->disarm(*this);
}

void server_connection::allow(std::chrono::milliseconds span)
{
    watch_->arm(*this, clock_.now() + span);
}

void server_connection::on_deadline() noexcept
{
    late_ = true;
    if (stage_ == stage::reading)
        stream_->cancel(); // there is still an answer to give
    else if (streaming_ && stage_ == stage::writing && !std::exchange(parting_, true) && stream_->give_room())
        allow(parting_time);
    else
        stream_->close();
}

void server_connection::end_soon() noexcept
{
    stopping_ = true;
    if (stage_ == stage::waiting)
        stream_->close();
}

void server_connection::end_now() noexcept
{
    stopping_ = true;
    stream_->close();
    signal.emit(boost::asio::cancellation_type::terminal);
}

void server_connection::make_way() noexcept
{
    stopping_ = late_ = true;
    if (!streaming_ || std::exchange(parting_, true) || !stream_->give_room())
        return end_now();
    allow(parting_time);
    if (stage_ == stage::handling) // a piece on its way is not broken off
        signal.emit(boost::asio::cancellation_type::terminal);
}

task<> server_connection::run()
{
    allow(service_->limits.request_time);
    auto failed = co_await stream_->handshake();
    bool more = !failed;
    while (more)
        more = co_await exchange_once();
    watch_->disarm(*this);
    if (stream_->is_open())
        stream_->finish();
    stream_->close();
}

task<bool> server_connection::exchange_once()
{
    bool complete = co_await read_request();
    if (!complete)
        co_return false;
    request_ = reader_.take();
    request_.from = peer_;
    stage_ = stage::handling;
    watch_->disarm(*this);
    auto r = co_await ask();
    stage_ = stage::writing;
    allow(service_->limits.write_time);
    bool keep_alive = reader_.keep_alive() && !stopping_;
    bool sent = false;
    if (r.fault != wire_fault::none)
        sent = co_await answer_badly(std::move(r));
    else if (r.stream)
        sent = co_await answer_in_pieces(std::move(r), keep_alive);
    else
        sent = co_await answer(std::move(r), keep_alive);
    if (!sent || !keep_alive || stopping_)
        co_return false;
    reader_.begin();
    stage_ = stage::waiting;
    allow(service_->limits.idle_time);
    co_return true;
}

task<bool> server_connection::read_request()
{
    auto now = request_reader::step::more;
    std::string_view bytes;
    for (;;) {
        if (!bytes.empty() || reader_.begun()) {
            if (stage_ == stage::waiting)
                allow(service_->limits.request_time);
            stage_ = stage::reading;
            now = reader_.feed(bytes);
        }
        if (now == request_reader::step::done)
            co_return true;
        if (now == request_reader::step::failed)
            co_return co_await refuse();
        if (now == request_reader::step::wants_continue) {
            bool told = co_await send("HTTP/1.1 100 Continue\r\n\r\n");
            if (!told)
                co_return false;
        }
        auto came = co_await stream_->read_some(arrived_);
        if (late_ && stage_ == stage::reading && reader_.begun())
            co_return co_await refuse();
        if (came.failed || late_)
            co_return false;
        bytes = std::string_view(arrived_.data(), came.bytes);
    }
}

task<bool> server_connection::refuse()
{
    auto r = problem(408, "the request did not come in time");
    if (!late_)
        r = problem(reader_.why().status, reader_.why().detail);
    late_ = false;
    stage_ = stage::writing;
    allow(service_->limits.write_time);
    request_.verb = "GET"; // an answer with a body
    bool sent = co_await answer(std::move(r), false);
    if (sent)
        co_await linger();
    co_return false;
}

task<> server_connection::turn_away()
{
    stage_ = stage::writing;
    allow(linger_time);
    request_.verb = "GET";
    bool sent = co_await answer(problem(503, "too many connections; try again later"), false);
    if (sent)
        co_await linger();
    stream_->close();
}

task<> server_connection::linger()
{
    stage_ = stage::lingering;
    stream_->finish();
    allow(linger_time);
    for (std::size_t heard = 0; heard < linger_bytes;) {
        auto came = co_await stream_->read_some(arrived_);
        if (came.failed)
            break;
        heard += came.bytes;
    }
}

task<reply> server_connection::ask()
{
    try {
        auto answered = co_await service_->answer(request_);
        co_return answered;
    } catch (const std::exception&) {
        // The text of an exception may hold what a peer must not see.
    }
    co_return problem(500, "the request met an internal error");
}

task<bool> server_connection::send(std::string bytes)
{
    if (broken_)
        co_return false;
    ULAK_FAILPOINT("control/answer");
    auto failed = co_await stream_->write(bytes);
    broken_ = static_cast<bool>(failed);
    ULAK_FAILPOINT("control/answered");
    co_return !broken_;
}

task<bool> server_connection::answer(reply r, bool keep_alive)
{
    auto head = write_head(r, framing::length, r.body.size(), keep_alive);
    if (!head) {
        r = problem(500, "the answer cannot be sent");
        head = write_head(r, framing::length, r.body.size(), keep_alive);
    }
    bool no_body = request_.verb == "HEAD" || r.status == 204 || r.status == 304;
    if (no_body)
        r.body.clear();
    if (r.body.size() <= joined_bytes)
        head->append(std::exchange(r.body, std::string()));
    bool sent = co_await send(std::move(*head));
    if (sent && !r.body.empty())
        sent = co_await send(std::move(r.body));
    co_return sent;
}

task<bool> server_connection::answer_in_pieces(reply r, bool keep_alive)
{
    chunked_ = !reader_.old_version();
    auto head = write_head(r, chunked_ ? framing::chunked : framing::until_close, 0, keep_alive && chunked_);
    if (!head)
        co_return co_await answer(problem(500, "the answer cannot be sent"), keep_alive);
    bool sent = co_await send(std::move(*head));
    if (!sent || request_.verb == "HEAD")
        co_return sent;
    stage_ = stage::handling;
    watch_->disarm(*this);
    bool whole = false;
    streaming_ = true;
    stream_->keep_room();
    try {
        co_await r.stream(*this);
        whole = true;
    } catch (const std::exception&) {
        // The peer sees that the last chunk is missing.
    }
    if (!whole || broken_ || !chunked_)
        co_return false;
    stage_ = stage::writing;
    allow(parting_ ? parting_time : service_->limits.write_time);
    bool ended = co_await send("0\r\n\r\n");
    streaming_ = false;
    co_return ended && !parting_;
}

task<result<void>> server_connection::write(std::string piece)
{
    if (piece.empty())
        co_return result<void>();
    if (chunked_)
        piece = fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
    const bool last = parting_;
    stage_ = stage::writing;
    allow(last ? parting_time : service_->limits.write_time);
    bool sent = co_await send(std::move(piece));
    stage_ = stage::handling;
    watch_->disarm(*this);
    if (sent && parting_ == last)
        co_return result<void>();
    if (late_)
        co_return error(errc::timed_out, "the reader takes nothing");
    co_return error(errc::connection_lost, "the reader is gone");
}

task<bool> server_connection::answer_badly(reply r)
{
    if (r.fault == wire_fault::reset_unanswered)
        stream_->reset();
    if (r.fault == wire_fault::close_unanswered)
        stream_->finish();
    if (r.fault == wire_fault::truncate || r.fault == wire_fault::garbage_after) {
        auto head = write_head(r, framing::length, r.body.size(), true);
        std::string bytes = head ? std::move(*head) : std::string();
        if (r.fault == wire_fault::truncate)
            bytes.append(r.body, 0, r.truncate_at);
        else
            bytes.append(r.body).append(garbage);
        co_await send(std::move(bytes));
    }
    stream_->close(); // without a word of TLS about it
    co_return false;
}

} // namespace ulak::http
