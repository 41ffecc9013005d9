#include "providers/door.hpp"

#include "async/deadline.hpp"
#include "events/names.hpp"
#include "providers/answer.hpp"

#include <algorithm>

namespace ulak::providers {
namespace {

using namespace std::chrono_literals;

// Whoever waits looks so often whether another's call has brought the account back.
constexpr auto look_again = 500ms;
// Calls of a suspended account that settle something: one in five seconds.
constexpr double settling_rate = 0.2;
// What refuses a login is short; a list of services is not parsed twice.
constexpr std::size_t longest_refusal = 4096;

// The caller's own reading, where there is one, saves another of the same answer.
bool refuses_login(const http::response& r, const http::response_check* test, const patience_settings& s)
{
    if (test)
        return (*test)(r) == errc::auth;
    return s.refuses_login && r.body.size() <= longest_refusal && s.refuses_login(r);
}

omen omen_of(const http::exchange& e, const http::response_check* test, const patience_settings& s)
{
    if (!e.answer) {
        switch (e.answer.error().code) {
        case errc::timed_out: // for want of a free connection: nobody was asked
            return e.trace.closed_by == http::close_reason::timeout && e.trace.started_at == async::steady_point() &&
                           e.trace.reached == http::phase::resolve
                       ? omen::silent
                       : omen::broken;
        case errc::resolve_failed:
        case errc::connect_failed:
        case errc::tls_failed:
        case errc::connection_lost:
        case errc::malformed: return omen::broken;
        default: return omen::silent;
        }
    }
    const http::response& r = *e.answer;
    const bool refused = refuses_login(r, test, s); // always asked: the caller keeps its reading of the last answer
    if (refused || r.status == 401 || r.status == 403)
        return omen::login_refused;
    if (r.status == 429)
        return s.state->now() == standing::suspended ? omen::silent : omen::good;
    return r.status >= 500 ? omen::broken : omen::good;
}

std::string why_of(const http::exchange& e)
{
    if (!e.answer)
        return shown(e.answer.error().message, 200);
    return "HTTP " + std::to_string(e.answer->status);
}

std::string seconds_of(async::steady_point::duration d)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(std::max(d, d.zero())).count()) + " s";
}

} // namespace

task<result<void>> turn_of(async::rate_limiter& line, bool ahead)
{
    result<void> go;
    auto waiting = ahead ? line.acquire_ahead(1) : line.acquire(1);
    const auto stopped = co_await std::move(waiting);
    if (stopped)
        co_return error(errc::cancelled, "cancelled while waiting for its turn");
    co_return go;
}

door::door(async::clock& time, patience_settings& settings)
    : clock_(time), settings_(settings), state_(*settings.state), settling_(time, async::token_bucket(settling_rate, 1))
{}

door::pass::~pass()
{
    if (door_ && probe_)
        door_->state_.probe_came_to_nothing();
}

void door::pass::note(const http::exchange& e, const http::response_check* test)
{
    std::exchange(door_, nullptr)->note(e, test, probe_);
}

error door::closed(errc code, std::string text, async::steady_point again) const
{
    const auto rest = again - clock_.now();
    error e(code, "account " + settings_.account + " " + std::move(text));
    if (rest > rest.zero())
        e.retry_after = std::chrono::ceil<std::chrono::seconds>(rest);
    return e;
}

error door::suspended() const
{
    return closed(errc::auth,
                  "is suspended: its login was refused " + std::to_string(health::most_login_refusals) +
                      " times in a row (" + state_.why() +
                      "). Mend its secret and restart, or, if it was right, ask with `ulakctl balance " +
                      settings_.account + "`",
                  {});
}

error door::failing() const
{
    return closed(errc::transient,
                  "is failing: " + std::to_string(state_.failures()) + " calls in a row had no sound answer (" +
                      state_.why() + ")",
                  state_.next_probe());
}

door::verdict door::look_while_failing(async::steady_point now, async::steady_point patience_ends,
                                       async::steady_point& wake)
{
    if (state_.may_probe(now))
        return verdict(pass(*this, true));
    wake = state_.next_probe() > now ? std::min(state_.next_probe(), now + look_again) : now + look_again;
    if (std::max(wake, state_.next_probe()) >= patience_ends)
        return verdict(failing());
    return std::nullopt;
}

door::verdict door::look(const http::send_options& options, async::steady_point patience_ends,
                         async::steady_point& wake)
{
    if (state_.now() == standing::suspended)
        return verdict(suspended());
    const auto now = clock_.now();
    if (state_.now() == standing::failing)
        return look_while_failing(now, patience_ends, wake);
    if (hold_until_ <= now)
        return verdict(pass(*this, false));
    wake = hold_until_;
    if (hold_until_ < patience_ends)
        return std::nullopt;
    if (options.costly)
        return verdict(pass(*this, false)); // the provider itself shall say no: its no is booked as such
    return verdict(closed(errc::rate_limited, "was asked by its provider to wait for " + seconds_of(hold_until_ - now),
                          hold_until_));
}

door::verdict door::at_once(const http::send_options& options, async::steady_point patience_ends)
{
    if (options.priority && state_.now() == standing::suspended)
        return std::nullopt;
    if (options.priority)
        return verdict(pass(*this, false));
    async::steady_point wake;
    return look(options, patience_ends, wake);
}

task<result<door::pass>> door::enter(const http::send_options& options, async::steady_point patience_ends)
{
    if (options.priority) {
        auto settled = co_await let_in_to_settle(patience_ends);
        co_return settled;
    }
    for (;;) {
        async::steady_point wake;
        auto seen = look(options, patience_ends, wake);
        if (seen)
            co_return std::move(*seen);
        const auto stopped = co_await clock_.sleep_until(wake);
        if (stopped)
            co_return error(errc::cancelled, "cancelled while waiting for its turn");
    }
}

task<result<door::pass>> door::let_in_to_settle(async::steady_point patience_ends)
{
    auto waiting = turn_of(settling_);
    const auto go = co_await async::with_deadline(clock_, patience_ends, std::move(waiting));
    if (go)
        co_return pass(*this, false);
    if (go.error().code == errc::cancelled)
        co_return go.error();
    co_return closed(errc::auth, "is suspended: its login was refused (" + state_.why() + ")", {});
}

void door::note(const http::exchange& e, const http::response_check* test, bool probe)
{
    const auto what = omen_of(e, test, settings_);
    const bool slow_down = e.answer && e.answer->status == 429;
    if (what == omen::good && !slow_down && state_.untroubled())
        return; // as nearly always: without a look at the clocks
    const auto now = clock_.now();
    if (slow_down)
        if (const auto wish = read_retry_after(*e.answer))
            hold_until_ = std::max(hold_until_, now + *wish);
    const auto changed =
        state_.note(what, what == omen::good ? std::string() : why_of(e), now, clock_.wall_now(), settings_.random01());
    if (probe && what == omen::silent)
        state_.probe_came_to_nothing();
    if (changed)
        tell(*changed);
}

void door::tell(const health::change& c)
{
    if (!settings_.out)
        return;
    const bool well = c.now == standing::ready;
    const char* what = c.now == standing::failing      ? events::account_failing
                       : c.now == standing::suspended  ? events::account_suspended
                       : c.before == standing::failing ? events::account_recovered
                                                       : events::account_resumed;
    std::string text = "account " + settings_.account;
    if (c.now == standing::failing)
        text += " is failing: " + std::to_string(state_.failures()) +
                " calls in a row had no sound answer; the next try " + "is in " +
                seconds_of(state_.next_probe() - clock_.now());
    else if (c.now == standing::suspended)
        text += " is suspended: its login was refused " + std::to_string(health::most_login_refusals) +
                " times in a row; mend its secret and restart";
    else
        text += c.before == standing::failing ? " answers again" : " is used again";
    const auto severity = well                           ? events::level::info
                          : c.now == standing::suspended ? events::level::error
                                                         : events::level::warning;
    events::event e(what, severity, std::move(text));
    e.account = settings_.account;
    e.provider = settings_.provider;
    if (!well)
        e.data["reason"] = state_.why();
    settings_.out->publish(e);
}

} // namespace ulak::providers
