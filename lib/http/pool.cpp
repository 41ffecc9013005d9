#include "http/pool.hpp"

#include "http/exchange_run.hpp"
#include "http/pool_policy.hpp"
#include "http/request_writer.hpp"

#include "async/waiter.hpp"

#include <boost/asio/this_coro.hpp>

#include <map>
#include <unordered_map>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// The client's inside, kept alive by every request that is under way.
class pool : public std::enable_shared_from_this<pool> {
  public:
    pool(executor ex, async::clock& time, std::shared_ptr<resolver> names, client_settings settings,
         std::shared_ptr<trust> roots)
        : parts_(ex, time, std::move(names), std::move(settings), std::move(roots)),
          policy_(parts_.settings.connections, parts_.settings.idle_time)
    {}

    task<exchange> send(const request& r, const send_options& options);
    void close() noexcept;

  private:
    struct place { // of one request in flight
        explicit place(std::shared_ptr<pool> in_) : in(std::move(in_)) {}
        ~place() { in->leave(); }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        std::shared_ptr<pool> in;
    };
    struct queued {
        explicit queued(executor ex) : turn(ex) {}
        async::waiter turn;
        bool granted = false;
    };

    task<std::optional<error>> enter(async::steady_point deadline);
    task<exchange> attempt(const request& r, const send_options& options, bool fresh, async::steady_point began);
    std::unique_ptr<connection> take_kept(bool fresh);
    void keep(std::unique_ptr<connection> one);
    void drop(pool_policy::connection_id id);
    void leave();

    client_parts parts_;
    pool_policy policy_;
    std::map<pool_policy::ticket, queued*> line_;
    std::unordered_map<pool_policy::connection_id, std::unique_ptr<connection>> kept_;
    pool_policy::connection_id last_id_ = 0;
    bool closed_ = false;
};

// A read whose kept connection had died unnoticed; reads are safe to ask again.
bool may_ask_again(const exchange& x, const request& r, const send_options& options)
{
    bool silent_end =
        x.how.close == closing::eof || x.how.close == closing::reset || x.how.close == closing::close_notify;
    return x.answer.has_error() && x.how.reused_connection && silent_end && r.verb == method::get && !options.costly &&
           x.how.reached <= phase::written;
}

task<std::optional<error>> pool::enter(async::steady_point deadline)
{
    if (policy_.enter())
        co_return std::nullopt;
    queued me(parts_.ex);
    alarm late([&me] { me.turn.wake(); });
    watch_guard guard(*parts_.deadlines, late, deadline);
    auto ticket = policy_.queue();
    line_[ticket] = &me;
    auto stopped = co_await me.turn.wait();
    if (me.granted)
        co_return std::nullopt;
    policy_.give_up(ticket);
    line_.erase(ticket);
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting for a free connection");
    co_return error(errc::timed_out, "all connections were busy until the deadline");
}

void pool::leave()
{
    auto next = policy_.leave();
    if (!next)
        return;
    auto waiting = line_.extract(*next).mapped();
    waiting->granted = true;
    waiting->turn.wake();
}

std::unique_ptr<connection> pool::take_kept(bool fresh)
{
    for (;;) {
        auto choice = policy_.take(parts_.clock.now(), fresh);
        for (auto old : choice.close)
            drop(old);
        if (!choice.use)
            return nullptr;
        auto one = std::move(kept_.extract(*choice.use).mapped());
        parts_.deadlines->disarm(*one->old_age);
        if (one->stream->quiet())
            return one;
    }
}

void pool::keep(std::unique_ptr<connection> one)
{
    if (closed_)
        return;
    auto id = ++last_id_;
    one->reusable = false;
    one->stream->rest();
    one->old_age = std::make_unique<alarm>([this, id] {
        policy_.forget(id);
        drop(id);
    });
    parts_.deadlines->arm(*one->old_age, parts_.clock.now() + parts_.settings.idle_time);
    policy_.keep(id, parts_.clock.now());
    kept_.emplace(id, std::move(one));
}

void pool::drop(pool_policy::connection_id id)
{
    auto found = kept_.extract(id);
    if (found.empty())
        return;
    auto& one = *found.mapped();
    parts_.deadlines->disarm(*one.old_age);
    one.stream->finish();
}

void pool::close() noexcept
{
    closed_ = true;
    while (!kept_.empty())
        drop(kept_.begin()->first);
    parts_.deadlines->stop();
}

task<exchange> pool::attempt(const request& r, const send_options& options, bool fresh, async::steady_point began)
{
    trace how;
    how.began = began;
    auto one = take_kept(fresh);
    how.reused_connection = one != nullptr;
    if (!one) {
        auto dialled = co_await dial(parts_, options.deadline, how);
        if (!dialled)
            co_return exchange(dialled.error(), how);
        one = std::make_unique<connection>(std::move(*dialled));
    } else {
        how.resumed_session = one->stream->resumed();
    }
    how.connected = std::chrono::duration_cast<std::chrono::microseconds>(parts_.clock.now() - began);
    auto done = co_await run_exchange(parts_, *one, r, options, how);
    if (one->reusable)
        keep(std::move(one));
    else
        one->stream->finish();
    co_return done;
}

task<exchange> pool::send(const request& r, const send_options& options)
{
    auto began = parts_.clock.now();
    auto checked = check_request(r);
    if (!checked)
        co_return exchange(checked.error());
    bool told = co_await async::told_to_stop();
    if (told)
        co_return exchange(error(errc::cancelled, "cancelled before it began"));
    if (options.deadline <= began)
        co_return exchange(error(errc::timed_out, "no time was left to begin"));
    auto refused = co_await enter(options.deadline);
    if (refused) {
        trace how;
        how.close = refused->code == errc::timed_out ? closing::timeout : closing::cancelled;
        co_return exchange(std::move(*refused), how);
    }
    place here(shared_from_this());
    auto done = co_await attempt(r, options, options.costly, began);
    if (may_ask_again(done, r, options))
        done = co_await attempt(r, options, true, began);
    done.how.took = std::chrono::duration_cast<std::chrono::microseconds>(parts_.clock.now() - began);
    co_return done;
}

class pooled_client final : public client {
  public:
    explicit pooled_client(std::shared_ptr<pool> inside) : pool_(std::move(inside)) {}
    ~pooled_client() override { pool_->close(); }

    task<exchange> send(request r, send_options options) override
    {
        auto inside = pool_; // the client may die while this waits
        bool by_exception = co_await asio::this_coro::throw_if_cancelled();
        co_await asio::this_coro::throw_if_cancelled(false);
        auto done = co_await inside->send(r, options);
        co_await asio::this_coro::throw_if_cancelled(by_exception);
        co_return done;
    }

  private:
    std::shared_ptr<pool> pool_;
};

} // namespace

result<std::unique_ptr<client>> make_client(executor ex, async::clock& time, std::shared_ptr<resolver> names,
                                            client_settings settings)
{
    auto roots = trust::load(settings.ca_file);
    if (!roots)
        return roots.error();
    auto inside = std::make_shared<pool>(ex, time, std::move(names), std::move(settings), std::move(*roots));
    return std::unique_ptr<client>(std::make_unique<pooled_client>(std::move(inside)));
}

} // namespace ulak::http
