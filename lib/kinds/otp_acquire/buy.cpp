// Ordering a number: candidates in order, another one only after a refusal or a call that never left.
#include "kinds/effect.hpp"
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "core/json_text.hpp"
#include "events/names.hpp"
#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::otp {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// Rounds over all candidates while the reasons may pass.
constexpr int most_rounds = 5;
constexpr std::chrono::milliseconds first_pause = 1s;
constexpr std::chrono::milliseconds longest_wish = 1h;

std::string joined(const std::vector<std::string>& why)
{
    std::string all;
    for (const std::string& w : why)
        all += (all.empty() ? "" : "; ") + w;
    return all;
}

/// The code that stands for all refusals: the provider's own, if there was one.
errc code_of(const std::optional<error>& last)
{
    return last ? last->code : errc::no_stock;
}

/// With no price known the whole budget is booked, so that it holds in the worst case.
money expected_price(const context& c, const offer& o)
{
    if (o.price)
        return *o.price;
    const auto& most = c.limits().run ? c.limits().run : c.limits().day;
    return most && most->unit == o.who->can.unit ? *most : money(decimal(), o.who->can.unit);
}

bool passes(const error& e)
{
    return e.code == errc::denied_now || e.code == errc::transient || e.code == errc::rate_limited;
}

} // namespace

task<std::optional<ending>> session::buy()
{
    std::vector<std::string> why;
    std::chrono::milliseconds pause = first_pause;
    for (int round = 1;; ++round) {
        why.clear();
        bool again = false;
        std::chrono::milliseconds wait{0};
        auto trying = pass_over_candidates(why, again, wait);
        auto over = co_await std::move(trying);
        if (over || p_.held)
            co_return over;
        if (!again || round == most_rounds)
            break;
        co_await nap(c_, std::max(wait, pause));
        pause *= 2;
    }
    co_return ending(ledger::run_state::failed, error(code_of(last_refusal_), "no number was sold: " + joined(why)));
}

task<std::optional<ending>> session::pass_over_candidates(std::vector<std::string>& why, bool& again,
                                                          std::chrono::milliseconds& wait)
{
    auto reading = read_offers(c_, s_, p_.next);
    auto offers = co_await std::move(reading);
    for (const offer& o : offers) {
        co_await hear_cancellation();
        if (c_.stopping())
            co_return ending::stopped();
        if (c_.cancel_asked())
            co_return ending(ledger::run_state::cancelled);
        if (!o.refused.empty()) {
            why.push_back(s_.candidates[o.candidate].account + ": " + o.refused);
            again = again || o.for_now;
            continue;
        }
        auto buying = order(o, why, again, wait);
        auto over = co_await std::move(buying);
        if (over || p_.held)
            co_return over;
    }
    co_return std::nullopt;
}

/// Only where nobody else moves the balance does it prove anything.
task<std::optional<money>> session::balance_before(const providers::account& who)
{
    if (who.shared || !who.balances)
        co_return std::nullopt;
    auto reading = who.balances->balance(c_.time().now() + who.read_timeout);
    auto got = co_await std::move(reading);
    co_await hear_cancellation();
    co_return got ? std::optional<money>(*got) : std::nullopt;
}

ledger::batch session::ordered(const offer& o, const settlement& how, const providers::number_order& got)
{
    held_number n;
    n.effect = how.id;
    n.account = o.who->name;
    n.id = got.id;
    n.number = got.number;
    n.candidate = o.candidate;
    n.price = got.price ? *got.price : o.price.value_or(money());
    n.before = p_.before;
    n.ordered_at = c_.time().wall_now();
    taken_up_ = c_.time().now();
    age_then_ = age(0);
    ++p_.bought;
    p_.taken = p_.tries;
    p_.next = (o.candidate + 1) % s_.candidates.size();
    p_.held = std::move(n);

    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    state.result = json::serialize(result_json(*p_.held, std::nullopt, false));
    json::object data;
    data["number_id"] = got.id;
    data["number"] = mask_number(got.number);
    data["price"] = ulak::json_of(p_.held->price);
    ledger::batch all;
    all.push_back(std::move(state));
    all.push_back(told(events::number_ordered, events::level::info,
                       "number " + mask_number(got.number) + " ordered at " + o.who->name, std::move(data)));
    return all;
}

task<std::optional<ending>> session::order(const offer& o, std::vector<std::string>& why, bool& again,
                                           std::chrono::milliseconds& wait)
{
    auto reading = balance_before(*o.who);
    p_.before = co_await std::move(reading);
    p_.candidate = o.candidate;
    p_.service = o.service;
    ++p_.tries;
    spending what("number/" + std::to_string(p_.tries), o.who, "number.order", expected_price(c_, o));
    what.digest = http::sha256_hex("number.order\n" + o.service + "\n" + o.operator_name);
    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    what.with_intent.push_back(std::move(state));
    if (p_.before) {
        ledger::note_balance note;
        note.balance.account = o.who->name;
        note.balance.balance = *p_.before;
        note.balance.at = c_.time().wall_now();
        what.with_intent.push_back(std::move(note));
    }

    providers::number_seller& seller = *o.who->numbers;
    costly_call<providers::number_order> call = [&](providers::purchase how) {
        return seller.order(o.service, o.operator_name, std::move(how));
    };
    std::function<acceptance(const providers::number_order&)> read = [&](const providers::number_order& got) {
        acceptance a;
        a.provider_ref = got.id;
        a.charged = got.price ? got.price : o.price;
        return a;
    };
    std::function<ledger::batch(const settlement&, const std::optional<providers::number_order>&)> then =
        [&](const settlement& how, const std::optional<providers::number_order>& got) {
            if (how.what == providers::verdict::accepted && got)
                return ordered(o, how, *got);
            p_.held.reset();
            return ledger::batch();
        };
    auto spending_it =
        spend<providers::number_order>(c_, std::move(what), std::move(call), std::move(read), std::move(then));
    auto done = co_await std::move(spending_it);
    co_await hear_cancellation();

    const std::string at = o.who->name + ": ";
    if (!done) {
        const error& e = done.error();
        if (e.code == errc::cancelled) {
            if (c_.stopping())
                co_return ending::stopped();
            if (c_.cancel_asked())
                co_return ending(ledger::run_state::cancelled);
            co_return ending(ledger::run_state::failed, e);
        }
        if (e.code == errc::conflict)
            co_return ending(ledger::run_state::attention, e);
        co_return ending(ledger::run_state::failed, e);
    }
    const settlement& how = done->how;
    switch (how.what) {
    case providers::verdict::accepted: co_return std::nullopt;
    case providers::verdict::ambiguous: {
        auto settling = settle_doubt(how.id, o.who);
        auto over = co_await std::move(settling);
        if (over || p_.held)
            co_return over;
        again = true; // proven: it was not bought
        break;
    }
    case providers::verdict::rate_limited:
        wait = std::max(wait, std::min<std::chrono::milliseconds>(
                                  how.why && how.why->retry_after ? *how.why->retry_after : 10s, longest_wish));
        again = true;
        break;
    case providers::verdict::not_sent:
        if (c_.stopping())
            co_return ending::stopped();
        again = true;
        break;
    case providers::verdict::rejected: again = again || (how.why && passes(*how.why)); break;
    }
    last_refusal_ = how.why;
    why.push_back(at + (how.why ? how.why->message : std::string(name(how.what))));
    co_return std::nullopt;
}

} // namespace ulak::kinds::otp
