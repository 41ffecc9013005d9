#include "kinds/otp_acquire/buyer.hpp"

#include "core/text.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::otp {
namespace {

using namespace std::chrono_literals;
using providers::classification;

constexpr int max_rounds = 5;
constexpr std::chrono::milliseconds first_pause = 1s;
/// A rate limit without a time is waited for this long, and one with a time no longer than an hour.
constexpr std::chrono::milliseconds usual_retry_after = 10s;
constexpr std::chrono::milliseconds longest_retry_after = 1h;

bool may_pass(const std::optional<error>& e)
{
    return e && (e->code == errc::denied_now || e->code == errc::transient || e->code == errc::rate_limited);
}

std::chrono::milliseconds retry_after(const std::optional<error>& e)
{
    const bool given = e && e->retry_after;
    return std::min<std::chrono::milliseconds>(given ? *e->retry_after : usual_retry_after, longest_retry_after);
}

} // namespace

task<std::optional<ending>> buyer::buy()
{
    std::chrono::milliseconds pause = first_pause;
    for (int n = 1;; ++n) {
        round r;
        auto over = co_await try_candidates(r);
        if (over || progress_.held)
            co_return over;
        if (!r.worth_repeating || n == max_rounds) {
            co_return ending(ledger::run_state::failed,
                             error(code_of(r), "no number was sold: " + join(r.refusals, "; ")));
        }
        co_await sleep_for(context_, std::max(r.wait_for, pause));
        pause *= 2;
    }
}

/// Why nobody sells: what a provider said to an order, else what kept the offers out.
errc buyer::code_of(const round& r) const
{
    if (last_refusal_)
        return last_refusal_->code;
    if (r.too_expensive > 0 && r.too_expensive == r.refusals.size())
        return errc::too_expensive;
    return r.read_failure.value_or(errc::no_stock);
}

task<std::optional<ending>> buyer::try_candidates(round& r)
{
    const auto offers = co_await read_offers(context_, settings_, progress_.next_candidate);
    for (const offer& o : offers) {
        co_await reset_cancellation();
        if (context_.stopping())
            co_return ending::stopped();
        if (context_.cancel_requested())
            co_return ending(ledger::run_state::cancelled);
        if (o.account && o.read_error)
            co_await failures_.report_failure(*o.account, "number.offer", *o.read_error);
        if (!o.refusal.empty()) {
            r.refusals.push_back(settings_.candidates[o.candidate].account + ": " + o.refusal);
            r.worth_repeating = r.worth_repeating || o.refusal_may_pass;
            r.too_expensive += o.too_expensive ? 1 : 0;
            if (o.read_error)
                r.read_failure = o.read_error->code;
            continue;
        }
        auto over = co_await try_offer(o, r);
        if (over || progress_.held)
            co_return over;
    }
    co_return std::nullopt;
}

task<std::optional<ending>> buyer::try_offer(const offer& o, round& r)
{
    auto done = co_await purchase_.make(o);
    co_await reset_cancellation();
    if (!done)
        co_return not_purchased(o, done.error(), r);
    co_return co_await after_purchase(o, *done, r);
}

/// Nothing was sent. Nothing: another candidate may be tried.
std::optional<ending> buyer::not_purchased(const offer& o, const error& why, round& r) const
{
    if (why.code == errc::denied_now) {
        r.worth_repeating = true;
        r.refusals.push_back(o.account->name + ": " + why.message);
        return std::nullopt;
    }
    if (why.code == errc::cancelled && context_.stopping())
        return ending::stopped();
    if (why.code == errc::cancelled && context_.cancel_requested())
        return ending(ledger::run_state::cancelled);
    return ending(why.code == errc::conflict ? ledger::run_state::attention : ledger::run_state::failed, why);
}

/// Nothing: a number is held, or another candidate may be tried.
task<std::optional<ending>> buyer::after_purchase(const offer& o, const settlement& s, round& r)
{
    switch (s.classified_as) {
    case classification::accepted: co_return std::nullopt;
    case classification::ambiguous: {
        auto over = co_await reconcile_(s.id, o.account);
        if (over || progress_.held)
            co_return over;
        r.worth_repeating = true; // proven: nothing was bought
        break;
    }
    case classification::rate_limited:
        r.wait_for = std::max(r.wait_for, retry_after(s.failure));
        r.worth_repeating = true;
        break;
    case classification::not_sent:
        if (context_.stopping())
            co_return ending::stopped();
        r.worth_repeating = true;
        break;
    case classification::rejected: r.worth_repeating = r.worth_repeating || may_pass(s.failure); break;
    }
    last_refusal_ = s.failure;
    r.refusals.push_back(o.account->name + ": " +
                         (s.failure ? s.failure->message : std::string(name(s.classified_as))));
    co_return std::nullopt;
}

} // namespace ulak::kinds::otp
