#include "http/http_exchange.hpp"

#include "http/prefetch.hpp"
#include "http/request_writer.hpp"

#include "async/waiter.hpp"
#include "core/failpoint.hpp"
#include "core/secret.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <memory>
#include <span>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// A gate's word (the dispatch is on disk) is not taken after a stall or a suspend: by then another may have acted on
// it.
constexpr std::chrono::seconds gate_validity(2);

constexpr std::size_t max_record_content = 16 * 1024; ///< the content of the largest TLS record

// Between two waits of one exchange nobody else runs, so one place serves all.
std::span<char> content_buffer()
{
    thread_local const auto place = std::make_unique_for_overwrite<char[]>(max_record_content);
    return {place.get(), max_record_content};
}

} // namespace

http_exchange::http_exchange(client_context& parts, connection& on, const request& r, const send_options& options,
                           exchange_trace& how, async::steady_point now)
    : context_(parts),
      connection_(on),
      request_(r),
      options_(options),
      trace_(how),
      now_(now),
      deadline_([&on] { on.stream->close(); }),
      armed_(*parts.deadlines, deadline_, options.deadline)
{}

void http_exchange::fail(errc code, std::string message, reach how_far)
{
    answer_.emplace(error(code, std::move(message), how_far));
}

std::chrono::microseconds http_exchange::elapsed()
{
    now_ = context_.clock.now();
    return std::chrono::duration_cast<std::chrono::microseconds>(now_ - trace_.started_at);
}

// Everything before the first byte. An error means that nothing was sent.
task<std::optional<error>> http_exchange::pass_gate()
{
    trace_.reached = phase::dispatch;
    if (!connection_.stream->is_usable()) {
        trace_.closed_by = connection_.stream->closed_by();
        co_return error(errc::connection_lost, "the peer closed the connection before anything was sent");
    }
    if (options_.gate) {
        ULAK_FAILPOINT("send/gate");
        auto passed = co_await options_.gate();
        gate_passed_at_ = context_.clock.now();
        ULAK_FAILPOINT("send/gate-passed");
        if (!passed) {
            auto why = passed.error();
            why.how_far = reach::not_sent;
            co_return why;
        }
    }
    bool told = co_await async::cancellation_requested();
    if (told) {
        trace_.closed_by = close_reason::cancelled;
        co_return error(errc::cancelled, "cancelled before anything was sent");
    }
    co_return std::nullopt;
}

// The last look before the first byte.
bool http_exchange::may_start()
{
    if (options_.costly) // the others come straight here
        now_ = context_.clock.now();
    if (deadline_.expired() || now_ >= options_.deadline) {
        trace_.closed_by = close_reason::timeout;
        fail(errc::timed_out, "no time was left before anything was sent", reach::not_sent);
        return false;
    }
    if (gate_passed_at_ && now_ - *gate_passed_at_ > gate_validity) {
        fail(errc::unavailable, "the program stood still between its note and the request; nothing was sent",
             reach::not_sent);
        return false;
    }
    if (options_.costly && !connection_.stream->is_usable()) {
        trace_.closed_by = connection_.stream->closed_by();
        fail(errc::connection_lost, "the peer closed the connection before anything was sent", reach::not_sent);
        return false;
    }
    return true;
}

// The first part of the request, as far as it goes without waiting; nothing: there is a rest.
std::optional<error_code> http_exchange::start_write()
{
    write_request(connection_.outgoing, request_, context_.host_field, context_.settings.server_origin.base_path);
    trace_.reached = phase::writing;
    ULAK_FAILPOINT("send/write");
    trace_.handed_to_tls = true;
    return connection_.stream->write_now(connection_.outgoing);
}

task<> http_exchange::write_and_read()
{
    if (!may_start())
        co_return;
    auto failed = start_write();
    if (!failed)
        failed = co_await connection_.stream->write_rest();
    wipe(connection_.outgoing);
    if (!*failed) {
        trace_.reached = phase::written;
        trace_.written = elapsed();
        ULAK_FAILPOINT("send/written");
    }
    while (!*failed && !answer_) {
        auto came = connection_.stream->read_now(content_buffer());
        if (came.ec == asio::error::would_block) {
            if (connection_.stream->has_unsent()) {
                came.ec = co_await connection_.stream->receive();
            } else { // nearly always
                co_await connection_.stream->async_receive();
                came.ec = connection_.stream->receive_error();
            }
            prefetch_frames();
            if (!came.ec)
                continue;
        }
        failed = process_read(came);
    }
    if (*failed)
        co_await fail_interrupted(*failed);
}

// For the time after the decryption: the callers' frames, and the connection.
void http_exchange::prefetch_frames() const noexcept
{
    prefetch_frame(trace_);
    prefetch_frame(options_);
    prefetch_frame(request_);
    prefetch(connection_);
}

// What a read brought; the error is of one that ended the exchange before its time.
error_code http_exchange::process_read(const transfer& came)
{
    auto closed = connection_.stream->closed_by();
    // What TLS itself refuses is no end of a stream: its reason is what helps.
    bool orderly_or_cut = closed != close_reason::none && connection_.stream->reason().empty();
    if (came.ec && (!orderly_or_cut || deadline_.expired()))
        return came.ec;
    auto since_began = elapsed();
    if (came.bytes > 0 && trace_.reached == phase::written)
        trace_.first_byte = since_began;
    ULAK_FAILPOINT("send/arrived");
    if (!reader_)
        reader_ = std::make_unique<response_reader>(request_.max_body);
    auto now = came.ec ? reader_->end_of_stream(closed == close_reason::close_notify)
                           : reader_->feed(std::string_view(content_buffer().data(), came.bytes));
    trace_.reached = reader_->reached();
    trace_.status = reader_->status();
    if (now != response_reader::step::more)
        complete();
    return error_code();
}

// A write or a read that did not run to its end.
task<> http_exchange::fail_interrupted(error_code failed)
{
    now_ = context_.clock.now();
    trace_.closed_by = connection_.stream->closed_by();
    bool told = co_await async::cancellation_requested();
    if (deadline_.expired()) {
        trace_.closed_by = close_reason::timeout;
        fail(errc::timed_out, "no whole answer came in time", reach::maybe_sent);
    } else if (told && trace_.closed_by == close_reason::none) {
        trace_.closed_by = close_reason::cancelled;
        fail(errc::cancelled, "cancelled while the request was under way", reach::maybe_sent);
    } else {
        const auto& why = connection_.stream->reason().empty() ? failed.message() : connection_.stream->reason();
        fail(errc::connection_lost, "the connection broke while the request was under way: " + why, reach::maybe_sent);
    }
}

void http_exchange::complete()
{
    trace_.framing_ok = reader_->framing_ok() && reader_->reached() == phase::complete;
    if (reader_->reached() != phase::complete) {
        trace_.closed_by = connection_.stream->closed_by();
        answer_.emplace(reader_->failure());
        return;
    }
    trace_.leftover = reader_->leftover() + connection_.stream->drain(options_.costly);
    trace_.closed_by = connection_.stream->closed_by();
    connection_.reusable = reader_->keep_alive() && trace_.leftover == 0 && trace_.closed_by == close_reason::none;
    answer_.emplace(reader_->take());
    ULAK_FAILPOINT("send/answered");
}

task<> http_exchange::run_costly()
{
    auto refused = co_await pass_gate();
    if (refused) {
        now_ = context_.clock.now();
        answer_.emplace(std::move(*refused));
        co_return;
    }
    // From here on nobody can stop it: half a purchase is worse than a whole one.
    auto ex = co_await asio::this_coro::executor;
    auto alone = asio::bind_cancellation_slot(asio::cancellation_slot(), use_task);
    co_await asio::co_spawn(ex, write_and_read(), std::move(alone));
}

} // namespace ulak::http
