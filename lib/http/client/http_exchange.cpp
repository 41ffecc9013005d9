#include "http/client/http_exchange.hpp"

#include "http/client/connection.hpp"
#include "http/client/prefetch.hpp"
#include "http/client/request_writer.hpp"

#include "async/shielded.hpp"
#include "async/waiter.hpp"
#include "core/failpoint.hpp"
#include "core/secret.hpp"

#include <boost/asio/error.hpp>

#include <memory>
#include <span>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr std::size_t max_record_content = 16 * 1024; ///< the content of the largest TLS record

// One buffer for all exchanges of the thread: between two waits of one exchange no other runs.
std::span<char> content_buffer()
{
    thread_local const auto storage = std::make_unique_for_overwrite<char[]>(max_record_content);
    return {storage.get(), max_record_content};
}

} // namespace

http_exchange::http_exchange(client_context& context, connection& on, const request& r, const send_options& options,
                             exchange_trace& trace, async::steady_point now)
    : context_(context),
      connection_(on),
      request_(r),
      options_(options),
      trace_(trace),
      now_(now),
      deadline_([&on] { on.stream->close(); }),
      armed_(*context.deadlines, deadline_, options.deadline)
{}

// Only for failures after the first byte.
void http_exchange::fail(errc code, std::string message)
{
    answer_.emplace(error(code, std::move(message), reach::maybe_sent));
}

std::chrono::microseconds http_exchange::elapsed()
{
    now_ = context_.clock.now();
    return std::chrono::duration_cast<std::chrono::microseconds>(now_ - trace_.started_at);
}

// The last check before the first byte.
bool http_exchange::may_start()
{
    if (options_.costly) // a request without a gate comes here with a fresh reading
        now_ = context_.clock.now();
    auto refused = guard_.check(*connection_.stream, options_, now_, deadline_.expired(), trace_);
    if (refused)
        answer_.emplace(std::move(*refused));
    return !refused;
}

// Sends the request as far as it goes without waiting. Nothing: a rest is left for write_rest().
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
    // Write the request.
    auto failed = start_write();
    if (!failed)
        failed = co_await connection_.stream->write_rest();
    wipe(connection_.outgoing);
    if (!*failed) {
        trace_.reached = phase::written;
        trace_.written = elapsed();
        ULAK_FAILPOINT("send/written");
    }
    // Read until the response is complete.
    while (!*failed && !answer_) {
        auto got = connection_.stream->read_now(content_buffer());
        if (got.ec == asio::error::would_block) {
            if (connection_.stream->has_unsent()) {
                got.ec = co_await connection_.stream->receive();
            } else { // the usual case, without a coroutine
                co_await connection_.stream->async_receive();
                got.ec = connection_.stream->receive_error();
            }
            prefetch_frames();
            if (!got.ec)
                continue;
        }
        failed = process_read(got);
    }
    if (*failed)
        co_await fail_interrupted(*failed);
}

// While the record is decrypted the processor fetches what is read next: the callers' frames and the connection.
void http_exchange::prefetch_frames() const noexcept
{
    prefetch_frame(trace_);
    prefetch_frame(options_);
    prefetch_frame(request_);
    prefetch(connection_);
}

// Takes what a read brought. An error means that the exchange ended early.
error_code http_exchange::process_read(const transfer& got)
{
    auto closed = connection_.stream->closed_by();
    // A failure of TLS is no end of the stream; its reason is reported instead.
    bool orderly_or_cut = closed != close_reason::none && connection_.stream->reason().empty();
    if (got.ec && (!orderly_or_cut || deadline_.expired()))
        return got.ec;
    auto since_start = elapsed();
    if (got.bytes > 0 && trace_.reached == phase::written)
        trace_.first_byte = since_start;
    ULAK_FAILPOINT("send/arrived");
    if (!reader_)
        reader_ = std::make_unique<response_reader>(request_.max_body);
    auto now = got.ec ? reader_->end_of_stream(closed == close_reason::close_notify)
                      : reader_->feed(std::string_view(content_buffer().data(), got.bytes));
    trace_.reached = reader_->reached();
    trace_.status = reader_->status();
    if (now != response_reader::step::more)
        complete();
    return error_code();
}

// Reports a write or a read that did not complete, with its cause: deadline, cancellation or the connection.
task<> http_exchange::fail_interrupted(error_code failed)
{
    now_ = context_.clock.now();
    trace_.closed_by = connection_.stream->closed_by();
    bool cancelled = co_await async::cancellation_requested();
    if (deadline_.expired()) {
        trace_.closed_by = close_reason::timeout;
        fail(errc::timed_out, "no whole answer came in time");
    } else if (cancelled && trace_.closed_by == close_reason::none) {
        trace_.closed_by = close_reason::cancelled;
        fail(errc::cancelled, "cancelled while the request was under way");
    } else {
        const auto& why = connection_.stream->reason().empty() ? failed.message() : connection_.stream->reason();
        fail(errc::connection_lost, "the connection broke while the request was under way: " + why);
    }
}

// The response is complete or malformed.
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
    auto refused = co_await guard_.pass_gate(*connection_.stream, options_, context_.clock, trace_);
    if (refused) {
        now_ = context_.clock.now();
        answer_.emplace(std::move(*refused));
        co_return;
    }
    // From here on no cancellation reaches the exchange: half a purchase is worse than a whole one.
    co_await async::shielded(write_and_read());
}

} // namespace ulak::http
