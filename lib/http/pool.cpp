#include "http/pool.hpp"

#include "http/exchange_run.hpp"
#include "http/pool_policy.hpp"
#include "http/request_writer.hpp"

#include "async/waiter.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// A connection that rested for so long gives its buffers back: most are used again at once, or not for a long time.
constexpr std::chrono::seconds shrinks_after(1);

// The client's inside, kept alive by every request that is under way.
class pool {
  public:
    pool(executor ex, async::clock& time, std::shared_ptr<resolver> names, client_settings settings,
         std::shared_ptr<trust> roots)
        : parts_(ex, time, std::move(names), std::move(settings), std::move(roots)),
          policy_(parts_.settings.connections, parts_.settings.idle_time)
    {}

    static task<exchange> send(std::shared_ptr<pool> self, const request& r, const send_options& options);
    void close() noexcept;

  private:
    struct place { // of one request in flight
        explicit place(pool& in_) : in(in_) {}
        ~place() { in.leave(); }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        pool& in;
    };
    struct queued {
        explicit queued(executor ex) : turn(ex) {}
        async::waiter turn;
        bool granted = false;
    };

    void refuse(const request& r, const send_options& options, async::steady_point now, bool told,
                std::optional<exchange>& out);
    // They put their outcome where send() has it: moving it up from coroutine to coroutine costs more than making it.
    task<> wait_in_line(const send_options& options, std::optional<exchange>& out);
    task<> attempt(const request& r, const send_options& options, bool fresh, trace how, async::steady_point now,
                   std::optional<exchange>& out);
    task<result<std::unique_ptr<connection>>> open(async::steady_point deadline, trace& how);
    std::unique_ptr<connection> take_kept(bool fresh, async::steady_point now);
    std::unique_ptr<connection> pick(pool_policy::connection_id id);
    void let_go(std::unique_ptr<connection> one, async::steady_point now);
    void keep(std::unique_ptr<connection> one, async::steady_point now);
    void grow_old(connection& one);
    void drop(pool_policy::connection_id id);
    void leave();

    client_parts parts_;
    pool_policy policy_;
    std::map<pool_policy::ticket, queued*> line_;
    std::vector<std::unique_ptr<connection>> kept_; ///< the one used last at the end
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

std::chrono::microseconds since(async::steady_point began, async::steady_point now)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(now - began);
}

exchange unsent(error why)
{
    trace how;
    how.close = why.code == errc::timed_out ? closing::timeout : closing::cancelled;
    return exchange(std::move(why), how);
}

task<> pool::wait_in_line(const send_options& options, std::optional<exchange>& out)
{
    queued me(parts_.ex);
    alarm late([&me] { me.turn.wake(); });
    watch_guard guard(*parts_.deadlines, late, options.deadline);
    auto ticket = policy_.queue(options.settles);
    line_[ticket] = &me;
    auto stopped = co_await me.turn.wait();
    if (me.granted)
        co_return;
    policy_.give_up(ticket);
    line_.erase(ticket);
    if (stopped)
        out = unsent(error(errc::cancelled, "cancelled while waiting for a free connection"));
    else
        out = unsent(error(errc::timed_out, "all connections were busy until the deadline"));
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

std::unique_ptr<connection> pool::take_kept(bool fresh, async::steady_point now)
{
    for (;;) {
        auto choice = policy_.take(now, fresh);
        for (auto old : choice.close)
            drop(old);
        if (!choice.use)
            return nullptr;
        auto one = pick(*choice.use);
        if (one->stream->quiet())
            return one;
    }
}

std::unique_ptr<connection> pool::pick(pool_policy::connection_id id)
{
    auto is_it = [id](const auto& one) { return one->id == id; };
    auto found = std::find_if(kept_.rbegin(), kept_.rend(), is_it);
    if (found == kept_.rend())
        return nullptr;
    auto one = std::move(*found);
    kept_.erase(std::next(found).base());
    parts_.deadlines->disarm(*one->old_age);
    return one;
}

void pool::keep(std::unique_ptr<connection> one, async::steady_point now)
{
    if (closed_)
        return;
    one->reusable = false;
    one->stream->rest();
    one->kept_since = now;
    if (!one->old_age)
        one->old_age = std::make_unique<alarm>([this, it = one.get()] { grow_old(*it); });
    auto first = std::min<async::steady_point::duration>(shrinks_after, parts_.settings.idle_time);
    parts_.deadlines->arm(*one->old_age, one->kept_since + first);
    policy_.keep(one->id, one->kept_since);
    kept_.push_back(std::move(one));
}

void pool::grow_old(connection& one)
{
    auto end = one.kept_since + parts_.settings.idle_time;
    if (end > parts_.clock.now()) {
        one.stream->shrink();
        parts_.deadlines->arm(*one.old_age, end);
        return;
    }
    policy_.forget(one.id);
    drop(one.id);
}

void pool::drop(pool_policy::connection_id id)
{
    auto one = pick(id);
    if (one)
        one->stream->finish();
}

void pool::let_go(std::unique_ptr<connection> one, async::steady_point now)
{
    if (one->reusable)
        keep(std::move(one), now);
    else
        one->stream->finish();
}

void pool::close() noexcept
{
    closed_ = true;
    while (!kept_.empty())
        drop(kept_.back()->id);
    parts_.deadlines->stop();
}

task<result<std::unique_ptr<connection>>> pool::open(async::steady_point deadline, trace& how)
{
    auto made = co_await dial(parts_, deadline, how);
    if (!made)
        co_return made.error();
    auto one = std::make_unique<connection>(std::move(*made));
    one->id = ++last_id_;
    co_return one;
}

// `how` knows when the call began, which may be before `now`.
task<> pool::attempt(const request& r, const send_options& options, bool fresh, trace how, async::steady_point now,
                     std::optional<exchange>& out)
{
    auto one = take_kept(fresh, now);
    how.reused_connection = one != nullptr;
    if (one) {
        one->stream->expect_more();
        how.resumed_session = one->stream->resumed();
    } else {
        auto opened = co_await open(options.deadline, how);
        if (!opened) {
            out.emplace(opened.error(), how);
            out->how.took = since(how.began, parts_.clock.now());
            co_return;
        }
        one = std::move(*opened);
        now = parts_.clock.now();
    }
    how.connected = since(how.began, now);
    one->running.emplace(parts_, *one, r, options, how, now);
    co_await one->running->run();
    one->running->give(out);
    now = one->running->last_look();
    out->how.took = since(how.began, now);
    one->running.reset();
    let_go(std::move(one), now);
}

void pool::refuse(const request& r, const send_options& options, async::steady_point now, bool told,
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

task<exchange> pool::send(std::shared_ptr<pool> self, const request& r, const send_options& options)
{
    bool by_exception = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    auto& time = self->parts_.clock;
    auto now = time.now();
    trace how;
    how.began = now;
    auto state = co_await asio::this_coro::cancellation_state;
    std::optional<exchange> done;
    self->refuse(r, options, now, state.cancelled() != asio::cancellation_type::none, done);
    if (!done && !self->policy_.enter()) {
        co_await self->wait_in_line(options, done);
        now = time.now();
    }
    if (!done) {
        place here(*self);
        co_await self->attempt(r, options, options.costly, how, now, done);
        if (may_ask_again(*done, r, options))
            co_await self->attempt(r, options, true, how, time.now(), done);
    }
    co_await asio::this_coro::throw_if_cancelled(by_exception);
    co_return std::move(*done);
}

class pooled_client final : public client {
  public:
    explicit pooled_client(std::shared_ptr<pool> inside) : pool_(std::move(inside)) {}
    ~pooled_client() override { pool_->close(); }

    task<exchange> send(const request& r, const send_options& options) override
    {
        return pool::send(pool_, r, options); // which the client may not survive
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
