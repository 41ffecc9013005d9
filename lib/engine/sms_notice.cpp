// A notice as an SMS: it costs, so it is a step of the run that it tells of.
#include "core/sms_text.hpp"
#include "engine/detail/delivery.hpp"
#include "engine/detail/run_changes.hpp"
#include "http/auth.hpp"
#include "kinds/purchase.hpp"

#include <algorithm>

namespace ulak::engine {

using ledger::effect_state;

namespace {

providers::sms_order order_of(const sms_channel& way, const std::string& text, const providers::account& who)
{
    providers::sms_order order;
    order.sender = way.sender;
    order.text = text;
    const auto shape = measure_sms(text);
    const bool plain = shape && shape->alphabet == sms_alphabet::gsm;
    order.encoding =
        plain || !who.sms->takes_encoding() ? providers::sms_encoding::english : providers::sms_encoding::turkish;
    return order;
}

money price_of(const providers::sms_order& order, const providers::account& who)
{
    const auto shape = measure_sms(order.text);
    const auto segments = shape ? std::max<std::size_t>(shape->segments, 1) : 1;
    return money(decimal::from_integer(static_cast<std::int64_t>(segments * order.numbers.size())), who.unit);
}

/// Whether an earlier attempt reached the people: then nothing is to be sent again, and nothing may be.
task<result<bool>> already_sent(kinds::run_context& c, const std::string& step)
{
    ledger::effect_query q;
    q.run = c.run().id.text();
    q.states = {effect_state::accepted};
    auto all = co_await c.store().effects(std::move(q));
    if (!all)
        co_return all.error();
    co_return std::ranges::find(*all, step, &ledger::effect_record::step) != all->end();
}

/// The job's budget holds for its notices as far as it is in the account's unit; one in another unit says nothing about
/// them.
job::budget budget_in_unit(const std::string& unit, const loaded_job* job)
{
    job::budget limits;
    if (!job)
        return limits;
    if (const auto& run = job->document.limits.run; run && run->unit == unit)
        limits.run = run;
    if (const auto& day = job->document.limits.day; day && day->unit == unit)
        limits.day = day;
    return limits;
}

task<attempt> send_part(kinds::run_context& c, std::shared_ptr<providers::account> who, providers::sms_order order,
                   std::string step)
{
    auto before = co_await already_sent(c, step);
    if (!before)
        co_return attempt(before.error(), true);
    if (*before)
        co_return attempt();
    kinds::purchase_request what(std::move(step), who, "sms.send", price_of(order, *who));
    what.digest = http::sha256_hex(order.sender + "\n" + order.text);
    kinds::costly_call<providers::sms_receipt> call = [who, order](providers::purchase_gate how) {
        return who->sms->send(order, std::move(how));
    };
    std::function<kinds::acceptance(const providers::sms_receipt&)> read = [](const providers::sms_receipt& r) {
        kinds::acceptance a;
        a.provider_ref = r.queue_id;
        return a;
    };
    std::function<ledger::batch(const kinds::settlement&, const std::optional<providers::sms_receipt>&)> then =
        [](const auto&, const auto&) { return ledger::batch(); };
    auto spent = co_await kinds::spend<providers::sms_receipt>(c, std::move(what), std::move(call), std::move(read),
                                                               std::move(then));
    if (!spent) // conflict: an earlier attempt may have reached them
        co_return attempt(spent.error(), spent.error().code != errc::conflict);
    who->reconciled.insert(spent->how.id.text()); // if it is in doubt: nobody looks for a notice
    if (spent->how.classified_as == providers::classification::accepted)
        co_return attempt();
    const bool proven =
        spent->how.classified_as == providers::classification::not_sent || spent->how.classified_as == providers::classification::rate_limited;
    co_return attempt(spent->how.failure.value_or(error(errc::ambiguous, "not known whether it was sent")), proven);
}

} // namespace

task<attempt> deliver_by_sms(shared_state& c, const sms_channel& way, const parsed_notice& what)
{
    const auto found = c.deps.accounts->find(way.account);
    if (found == c.deps.accounts->end() || !found->second->sms)
        co_return attempt(error(errc::unsupported, "account " + way.account + " cannot send SMS"), false);
    auto who = found->second;
    auto run = co_await c.store().run(run_id(what.field("run")));
    if (!run)
        co_return attempt(run.error(), run.error().code != errc::not_found);
    yaml::problems ignored;
    const auto job = c.jobs.from_definition(run->job, run->definition, ignored);
    auto params = bound_params(run->params);
    const auto limits = budget_in_unit(who->unit, job.get());
    kinds::run_context ctx(c.environment, std::move(*run), limits, std::vector<job::notify_rule>(), std::move(params));
    const auto order = order_of(way, what.field("text"), *who);
    const auto most = std::max<std::size_t>(who->sms->max_recipients(), 1);
    for (std::size_t at = 0, part = 1; at < way.recipients.size(); at += most, ++part) {
        auto some = order;
        const auto first = way.recipients.begin() + static_cast<std::ptrdiff_t>(at);
        some.numbers.assign(first, first + static_cast<std::ptrdiff_t>(std::min(most, way.recipients.size() - at)));
        auto step = "notice/" + what.notice.id.text() + "/" + std::to_string(part);
        auto one = co_await send_part(ctx, who, std::move(some), std::move(step));
        if (one.failure)
            co_return one;
    }
    co_return attempt();
}

} // namespace ulak::engine
