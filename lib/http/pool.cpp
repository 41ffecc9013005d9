#include "http/pool.hpp"

#include "http/http_exchange.hpp"
#include "http/idle_connections.hpp"
#include "http/request_writer.hpp"
#include "http/request_queue.hpp"

#include <boost/asio/this_coro.hpp>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// The client's inside, kept alive by every request that is under way.
class pool {
  public:
    pool(executor ex, async::clock& time, std::shared_ptr<resolver> names, client_settings settings,
         std::shared_ptr<trust_store> roots)
        : context_(ex, time, std::move(names), std::move(settings), std::move(roots)),
          policy_(context_.settings.max_connections, context_.settings.idle_timeout),
          queue_(context_.ex, *context_.deadlines, policy_),
          idle_(context_, policy_)
    {}

    static task<> send(std::shared_ptr<pool> self, const request& r, const send_options& options,
                       std::optional<exchange>& out);
    void close() noexcept;

  private:
    void reject(const request& r, const send_options& options, async::steady_point now, bool told,
                std::optional<exchange>& out);
    task<std::unique_ptr<connection>> open(async::steady_point deadline, exchange_trace& how, std::optional<exchange>& out);
    task<> run(connection& one, const request& r, const send_options& options, exchange_trace& how, async::steady_point now);
    async::steady_point finish(std::unique_ptr<connection> one, std::optional<exchange>& out);
    void release(std::unique_ptr<connection> one, async::steady_point now);

    client_context context_;
    pool_policy policy_;
    request_queue queue_;
    idle_connections idle_;
    pool_policy::connection_id last_id_ = 0;
};

// A read whose kept connection had died unnoticed.
bool may_retry(const exchange& x, const request& r, const send_options& options)
{
    bool silent_end =
        x.trace.closed_by == close_reason::eof || x.trace.closed_by == close_reason::reset || x.trace.closed_by == close_reason::close_notify;
    return x.answer.has_error() && x.trace.reused_connection && silent_end && r.verb == method::get && !options.costly &&
           x.trace.reached <= phase::written;
}

std::chrono::microseconds elapsed_since(async::steady_point began, async::steady_point now)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(now - began);
}

void pool::release(std::unique_ptr<connection> one, async::steady_point now)
{
    if (one->reusable)
        idle_.put(std::move(one), now);
    else
        one->stream->shutdown();
}

void pool::close() noexcept
{
    idle_.close();
    context_.deadlines->stop();
}

// Null: `out` has why.
task<std::unique_ptr<connection>> pool::open(async::steady_point deadline, exchange_trace& how, std::optional<exchange>& out)
{
    auto made = co_await dial(context_, deadline, how);
    if (!made) {
        out.emplace(made.error(), how);
        out->trace.duration = elapsed_since(how.started_at, context_.clock.now());
        co_return nullptr;
    }
    auto one = std::make_unique<connection>(std::move(*made));
    one->id = ++last_id_;
    co_return one;
}

// `how` knows when the call began, which may be before `now`.
task<> pool::run(connection& one, const request& r, const send_options& options, exchange_trace& how, async::steady_point now)
{
    if (how.reused_connection) {
        one.stream->keep_tls_buffers();
        how.resumed_session = one.stream->resumed();
    }
    how.connected = elapsed_since(how.started_at, now);
    one.active.emplace(context_, one, r, options, how, now);
    return one.active->run();
}

// When it ended.
async::steady_point pool::finish(std::unique_ptr<connection> one, std::optional<exchange>& out)
{
    one->active->move_result_to(out);
    auto now = one->active->ended_at();
    out->trace.duration = elapsed_since(out->trace.started_at, now);
    one->active.reset();
    release(std::move(one), now);
    return now;
}

void pool::reject(const request& r, const send_options& options, async::steady_point now, bool told,
                  std::optional<exchange>& out)
{
    auto checked = check_request(r);
    if (!checked)
        out.emplace(checked.error());
    else if (told)
        out.emplace(error(errc::cancelled, "cancelled before it began"));
    else if (options.deadline <= now)
        out.emplace(error(errc::timed_out, "no time was left to begin"));
}

// One coroutine for all that is not waited for: a connection that is at hand, and nobody in the way.
task<> pool::send(std::shared_ptr<pool> self, const request& r, const send_options& options,
                  std::optional<exchange>& out)
{
    bool by_exception = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    auto began = self->context_.clock.now();
    auto now = began;
    auto state = co_await asio::this_coro::cancellation_state;
    out.reset();
    self->reject(r, options, now, state.cancelled() != asio::cancellation_type::none, out);
    if (!out && !self->policy_.enter()) {
        co_await self->queue_.wait(options, out);
        now = self->context_.clock.now();
    }
    if (!out) {
        request_queue::in_flight_slot here(self->queue_);
        bool fresh = options.costly;
        do {
            exchange_trace how;
            how.started_at = began;
            auto one = self->idle_.take(r, fresh, now);
            how.reused_connection = one != nullptr;
            if (!one) {
                one = co_await self->open(options.deadline, how, out);
                now = self->context_.clock.now();
            }
            if (one) {
                co_await self->run(*one, r, options, how, now);
                now = self->finish(std::move(one), out);
            }
            fresh = true;
        } while (may_retry(*out, r, options));
    }
    co_await asio::this_coro::throw_if_cancelled(by_exception);
}

class pooled_client final : public client {
  public:
    explicit pooled_client(std::shared_ptr<pool> inside) : pool_(std::move(inside)) {}
    ~pooled_client() override { pool_->close(); }

    using client::send;
    task<> send(const request& r, const send_options& options, std::optional<exchange>& out) override
    {
        return pool::send(pool_, r, options, out); // which the client may not survive
    }

  private:
    std::shared_ptr<pool> pool_;
};

} // namespace

result<std::unique_ptr<client>> make_client(executor ex, async::clock& time, std::shared_ptr<resolver> names,
                                            client_settings settings)
{
    auto roots = trust_store::load(settings.ca_file);
    if (!roots)
        return roots.error();
    auto inside = std::make_shared<pool>(ex, time, std::move(names), std::move(settings), std::move(*roots));
    return std::unique_ptr<client>(std::make_unique<pooled_client>(std::move(inside)));
}

} // namespace ulak::http
