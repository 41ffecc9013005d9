#include "engine/detail/sms_notice.hpp"

#include "core/sms_text.hpp"
#include "engine/detail/run_changes.hpp"
#include "http/auth.hpp"
#include "kinds/purchase/purchase.hpp"
#include "kinds/purchase/sms_price.hpp"

#include <algorithm>
#include <optional>

namespace ulak::engine {

using ledger::effect_state;

namespace {

providers::sms_order order_of(const sms_channel& channel, const std::string& text, const providers::account& account)
{
    providers::sms_order order;
    order.sender = channel.sender;
    order.text = text;
    const auto shape = measure_sms(text);
    const bool plain = shape && shape->alphabet == sms_alphabet::gsm;
    order.encoding =
        plain || !account.sms->takes_encoding() ? providers::sms_encoding::english : providers::sms_encoding::turkish;
    return order;
}

money price_of(const providers::sms_order& order, const providers::account& account)
{
    const auto shape = measure_sms(order.text);
    const auto segments = shape ? std::max<std::size_t>(shape->segments, 1) : 1;
    return kinds::price_of_segments(account, static_cast<std::int64_t>(segments * order.numbers.size()));
}

/// Whether an earlier attempt was accepted: then nothing may be sent again.
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

/// The job's budget, as far as it is in the account's unit; a limit in another unit does not apply to notices.
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

kinds::message_rules rules_of(const providers::sms_order& order)
{
    kinds::message_rules rules;
    for (const phone& p : order.numbers)
        rules.phones.push_back(p.digits());
    return rules;
}

/// Takes those out of the order who are on the opt-out list: it holds for notices as for every message. How many.
task<result<std::size_t>> drop_opted_out(kinds::run_context& c, providers::sms_order& order)
{
    auto asked = kinds::recipient_rules_at(rules_of(order), c.clock().wall_now());
    auto forbidden = co_await c.store().forbidden_recipients(std::move(asked));
    if (!forbidden)
        co_return forbidden.error();
    const auto dropped = std::erase_if(order.numbers, [&](const phone& p) {
        return std::ranges::find(*forbidden, p.digits(), &ledger::forbidden_recipient::phone) != forbidden->end();
    });
    co_return dropped;
}

/// `order` has somebody left to send to. A retry with errc::denied_now: somebody of it opted out before it was sent.
task<attempt> send_part(kinds::run_context& c, std::shared_ptr<providers::account> account, providers::sms_order order,
                        std::string step)
{
    kinds::purchase_request request(std::move(step), account, kinds::sms_operation, price_of(order, *account));
    request.messages = rules_of(order);
    request.owner = kinds::call_owner::notice;
    request.digest = http::sha256_hex(order.sender + "\n" + order.text);
    // 1. Reserve.
    auto reserved = co_await kinds::reserve(c, std::move(request));
    if (!reserved)
        co_return attempt(reserved.error(), reserved.error().code != errc::conflict);

    // 2. Book. A conflict: an earlier attempt may have reached the recipients.
    auto booked = co_await std::move(*reserved).book(ledger::batch());
    if (!booked)
        co_return attempt(booked.error(), booked.error().code != errc::conflict);

    // 3. Call.
    auto call = std::move(*booked).call();
    auto answer = co_await account->sms->send(order, std::move(call.gate));

    // 4. Settle.
    kinds::purchase_answer classified(answer, &providers::sms_receipt::queue_id);
    auto settled = co_await std::move(call.purchase).settle(std::move(classified), ledger::batch());
    if (!settled)
        co_return attempt(settled.error(), settled.error().code != errc::conflict);
    account->reconciled->insert(settled->id.text()); // nobody reconciles a notice
    using providers::classification;
    if (settled->classified_as == classification::accepted)
        co_return attempt();
    const bool proven =
        settled->classified_as == classification::not_sent || settled->classified_as == classification::rate_limited;
    co_return attempt(settled->failure.value_or(error(errc::ambiguous, "not known whether it was sent")), proven);
}

/// What was left out of a notice, for the log.
std::string opt_out_note(std::size_t left_out, std::size_t of)
{
    if (left_out == 0)
        return {};
    return "without " + std::to_string(left_out) + " of its " + std::to_string(of) +
           " numbers, which are on the opt-out list (ulakctl suppress)";
}

/// Sends one part, without those who opted out, and counts these. Each round of the loop has one of them less.
task<attempt> send_to_the_rest(kinds::run_context& c, std::shared_ptr<providers::account> account,
                               providers::sms_order order, std::string step, std::size_t& left_out)
{
    auto before = co_await already_sent(c, step);
    if (!before)
        co_return attempt(before.error(), true);
    std::optional<attempt> refused;
    while (!*before) {
        auto dropped = co_await drop_opted_out(c, order);
        if (!dropped)
            co_return attempt(dropped.error(), true);
        left_out += *dropped;
        if (order.numbers.empty())
            break;
        if (refused && *dropped == 0)
            co_return *refused;
        auto sent = co_await send_part(c, account, order, step);
        if (!sent.failure || sent.failure->code != errc::denied_now || !sent.retry)
            co_return sent;
        refused = std::move(sent);
    }
    co_return attempt();
}

} // namespace

task<attempt> deliver_by_sms(shared_state& c, const sms_channel& channel, const parsed_notice& parsed)
{
    const auto found = c.deps.accounts->find(channel.account);
    if (found == c.deps.accounts->end() || !found->second->sms)
        co_return attempt(error(errc::unsupported, "account " + channel.account + " cannot send SMS"), false);
    auto account = found->second;
    auto run = co_await c.store().run(run_id(parsed.field("run")));
    if (!run)
        co_return attempt(run.error(), run.error().code != errc::not_found);
    yaml::problems ignored;
    const auto job = c.jobs.from_definition(run->job, run->definition, ignored);
    auto params = bound_params(run->params);
    const auto limits = budget_in_unit(account->unit, job.get());
    kinds::run_context run_ctx(c.environment, std::move(*run), limits, std::vector<job::notify_rule>(),
                               std::move(params));
    const auto order = order_of(channel, parsed.field("text"), *account);
    const auto most = std::max<std::size_t>(account->sms->max_recipients(), 1);
    std::size_t left_out = 0;
    for (std::size_t at = 0, part = 1; at < channel.recipients.size(); at += most, ++part) {
        auto some = order;
        const auto first = channel.recipients.begin() + static_cast<std::ptrdiff_t>(at);
        some.numbers.assign(first, first + static_cast<std::ptrdiff_t>(std::min(most, channel.recipients.size() - at)));
        auto step = "notice/" + parsed.notice.id.text() + "/" + std::to_string(part);
        auto one = co_await send_to_the_rest(run_ctx, account, std::move(some), std::move(step), left_out);
        if (one.failure)
            co_return one;
    }
    if (left_out > 0 && left_out == channel.recipients.size())
        co_return attempt(error(errc::forbidden, "every number of the channel is on the opt-out list: give it another "
                                                 "number, or take one off with ulakctl suppress rm"),
                          false);
    attempt delivered;
    delivered.note = opt_out_note(left_out, channel.recipients.size());
    co_return delivered;
}

} // namespace ulak::engine
