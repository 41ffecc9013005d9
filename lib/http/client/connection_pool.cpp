#include "http/client/connection_pool.hpp"

#include "http/client/dial.hpp"
#include "http/client/request_writer.hpp"

#include <boost/asio/this_coro.hpp>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// Whether a read may be sent again on a fresh connection: its idle connection had ended unnoticed, and no byte of a
// response came.
bool may_retry(const exchange& x, const request& r, const send_options& options)
{
    bool silent_end = x.trace.closed_by == close_reason::eof || x.trace.closed_by == close_reason::reset ||
                      x.trace.closed_by == close_reason::close_notify;
    return x.answer.has_error() && x.trace.reused_connection && silent_end && r.verb == method::get &&
           !options.costly && x.trace.reached <= phase::written;
}

std::chrono::microseconds elapsed_since(async::steady_point began, async::steady_point now)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(now - began);
}

} // namespace

connection_pool::connection_pool(executor ex, async::clock& clock, std::shared_ptr<resolver> names,
                                 client_settings settings, std::shared_ptr<trust_store> trusted)
    : context_(ex, clock, std::move(names), std::move(settings), std::move(trusted)),
      policy_(context_.settings.max_connections, context_.settings.idle_timeout),
      queue_(context_.ex, *context_.deadlines, policy_),
      idle_(context_, policy_)
{}

void connection_pool::release(std::unique_ptr<connection> one, async::steady_point now)
{
    if (one->reusable && context_.trusted->is_current(one->stream->native()))
        idle_.put(std::move(one), now);
    else
        one->stream->shutdown();
}

void connection_pool::close() noexcept
{
    idle_.close();
    context_.deadlines->stop();
}

// Null: `out` holds the error.
task<std::unique_ptr<connection>> connection_pool::open(async::steady_point deadline, exchange_trace& trace,
                                                        std::optional<exchange>& out)
{
    auto made = co_await dial(context_, deadline, trace);
    if (!made) {
        out.emplace(made.error(), trace);
        out->trace.duration = elapsed_since(trace.started_at, context_.clock.now());
        co_return nullptr;
    }
    auto one = std::make_unique<connection>(std::move(*made));
    one->id = ++last_id_;
    co_return one;
}

task<> connection_pool::run(connection& one, const request& r, const send_options& options, exchange_trace& trace,
                            async::steady_point now)
{
    if (trace.reused_connection) {
        one.stream->keep_tls_buffers();
        trace.resumed_session = one.stream->resumed();
    }
    trace.connected = elapsed_since(trace.started_at, now);
    one.active.emplace(context_, one, r, options, trace, now);
    return one.active->run();
}

// Moves the result out and gives the connection back; when the exchange ended.
async::steady_point connection_pool::finish(std::unique_ptr<connection> one, std::optional<exchange>& out)
{
    one->active->move_result_to(out);
    auto now = one->active->ended_at();
    out->trace.duration = elapsed_since(out->trace.started_at, now);
    one->active.reset();
    release(std::move(one), now);
    return now;
}

void connection_pool::reject(const request& r, const send_options& options, async::steady_point now, bool cancelled,
                             std::optional<exchange>& out)
{
    auto checked = check_request(r);
    if (!checked)
        out.emplace(checked.error());
    else if (cancelled)
        out.emplace(error(errc::cancelled, "cancelled before it began"));
    else if (options.deadline <= now)
        out.emplace(error(errc::timed_out, "no time was left to begin"));
}

// A call that finds an idle connection and no queue runs in this one coroutine and that of the exchange.
task<> connection_pool::send(std::shared_ptr<connection_pool> self, const request& r, const send_options& options,
                             std::optional<exchange>& out)
{
    // Here a cancellation is a value; the caller gets back the way that it had.
    bool by_exception = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    auto began = self->context_.clock.now();
    auto now = began;
    auto state = co_await asio::this_coro::cancellation_state;
    out.reset();
    self->reject(r, options, now, state.cancelled() != asio::cancellation_type::none, out);
    // Wait for a place among the requests in flight.
    if (!out && !self->policy_.enter()) {
        co_await self->queue_.wait(options, out);
        now = self->context_.clock.now();
    }
    if (!out) {
        // Run on an idle connection or a new one; a read may be sent a second time.
        request_queue::in_flight_slot slot(self->queue_);
        bool fresh = options.costly;
        do {
            exchange_trace trace;
            trace.started_at = began;
            auto one = self->idle_.take(r, fresh, now);
            trace.reused_connection = one != nullptr;
            if (!one) {
                one = co_await self->open(options.deadline, trace, out);
                now = self->context_.clock.now();
            }
            if (one) {
                co_await self->run(*one, r, options, trace, now);
                now = self->finish(std::move(one), out);
            }
            fresh = true;
        } while (may_retry(*out, r, options));
    }
    co_await asio::this_coro::throw_if_cancelled(by_exception);
}

} // namespace ulak::http
