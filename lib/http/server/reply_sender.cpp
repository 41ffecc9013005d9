#include "http/server/reply_sender.hpp"

#include "core/failpoint.hpp"
#include "http/server/problem.hpp"
#include "http/server/reply_writer.hpp"

#include <fmt/format.h>

#include <exception>
#include <utility>

namespace ulak::http {
namespace {

constexpr std::size_t max_joined_bytes = 64 * 1024; ///< up to this size header and body leave in one write
constexpr std::string_view garbage_bytes = "HTTP/1.1 200 OK\r\nX-Garbage: 1\r\n";
constexpr std::string_view last_chunk = "0\r\n\r\n";

} // namespace

task<bool> reply_sender::send(reply r, reply_form form)
{
    if (r.fault != wire_fault::none)
        return send_faulty(std::move(r));
    if (r.stream)
        return send_stream(std::move(r), form);
    return send_whole(std::move(r), form);
}

task<bool> reply_sender::send_continue()
{
    return write_bytes("HTTP/1.1 100 Continue\r\n\r\n");
}

task<bool> reply_sender::write_bytes(std::string bytes)
{
    if (write_failed_)
        co_return false;
    ULAK_FAILPOINT("control/answer");
    auto failed = co_await stream_.write(bytes);
    write_failed_ = static_cast<bool>(failed);
    ULAK_FAILPOINT("control/answered");
    co_return !write_failed_;
}

task<bool> reply_sender::send_whole(reply r, reply_form form)
{
    const auto held = budget_.take(r.body.size());
    if (!held && form.is_read) // what was done is told, whatever it holds: `busy` says that nothing was
        r = busy_problem();
    auto head = write_head(r, framing::length, r.body.size(), form.keep_alive);
    if (!head) {
        r = problem(500, "the answer cannot be sent");
        head = write_head(r, framing::length, r.body.size(), form.keep_alive);
    }
    if (form.is_head || r.status == 204 || r.status == 304)
        r.body.clear();
    if (r.body.size() <= max_joined_bytes)
        head->append(std::exchange(r.body, std::string()));
    bool sent = co_await write_bytes(std::move(*head));
    if (sent && !r.body.empty())
        sent = co_await write_bytes(std::move(r.body));
    co_return sent;
}

task<bool> reply_sender::send_stream(reply r, reply_form form)
{
    // The header.
    chunked_ = !form.is_http10;
    auto head = write_head(r, chunked_ ? framing::chunked : framing::until_close, 0, form.keep_alive && chunked_);
    if (!head) {
        auto refusal = problem(500, "the answer cannot be sent");
        co_return co_await send_whole(std::move(refusal), form);
    }
    bool sent = co_await write_bytes(std::move(*head));
    if (!sent || form.is_head)
        co_return sent;

    // The pieces, each written by the handler through write().
    lifetime_.enter_handling();
    bool complete = false;
    lifetime_.begin_streaming();
    try {
        co_await r.stream(*this);
        complete = true;
    } catch (const std::exception&) {
        // The peer sees that the last chunk is missing.
    }
    if (!complete || write_failed_ || !chunked_)
        co_return false;

    // The end.
    lifetime_.enter_writing();
    bool ended = co_await write_bytes(std::string(last_chunk));
    lifetime_.end_streaming();
    co_return ended && !lifetime_.is_leaving();
}

task<result<void>> reply_sender::write(std::string piece)
{
    if (piece.empty())
        co_return result<void>();
    if (chunked_)
        piece = fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
    const bool was_leaving = lifetime_.is_leaving();
    lifetime_.enter_writing();
    bool sent = co_await write_bytes(std::move(piece));
    lifetime_.enter_handling();
    if (sent && lifetime_.is_leaving() == was_leaving)
        co_return result<void>();
    if (lifetime_.timed_out())
        co_return error(errc::timed_out, "the reader takes nothing");
    co_return error(errc::connection_lost, "the reader is gone");
}

task<bool> reply_sender::send_faulty(reply r)
{
    if (r.fault == wire_fault::reset_unanswered)
        stream_.reset();
    if (r.fault == wire_fault::close_unanswered)
        stream_.shutdown();
    if (r.fault == wire_fault::truncate || r.fault == wire_fault::garbage_after) {
        auto head = write_head(r, framing::length, r.body.size(), true);
        std::string bytes = head ? std::move(*head) : std::string();
        if (r.fault == wire_fault::truncate)
            bytes.append(r.body, 0, r.truncate_at);
        else
            bytes.append(r.body).append(garbage_bytes);
        co_await write_bytes(std::move(bytes));
    }
    stream_.close(); // without close_notify, as a broken peer does
    co_return false;
}

} // namespace ulak::http
