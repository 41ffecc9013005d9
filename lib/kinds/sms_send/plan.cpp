#include "kinds/sms_send/plan.hpp"

#include "async/waiter.hpp"
#include "async/yield.hpp"
#include "core/json_text.hpp"
#include "http/auth.hpp"
#include "kinds/purchase/sms_price.hpp"
#include "kinds/sms_send/plan_money.hpp"
#include "kinds/sms_send/plan_samples.hpp"
#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/sms_send/send_estimate.hpp"
#include "kinds/sms_send/send_until.hpp"

#include <chrono>
#include <random>
#include <utility>

namespace ulak::kinds::sms {

namespace json = boost::json;
using ledger::item_state;

plan_totals::plan_totals(const std::string& sender, const std::string& common_text)
    : digest_(http::sha256_hex(sender + "\n" + common_text))
{}

void plan_totals::add(const std::vector<ledger::item_record>& block)
{
    std::string hashed = digest_;
    for (const ledger::item_record& i : block) {
        ++total_;
        if (i.state == item_state::skipped) {
            ++skipped_[short_reason(i.reason)];
            continue;
        }
        ++to_send_;
        segments_ += i.segments;
        ++by_segments_[i.segments];
        hashed += i.phone + "\n" + i.text + "\n";
    }
    digest_ = http::sha256_hex(hashed);
}

json::object plan_totals::to_json(const providers::account& account) const
{
    json::object recipients;
    recipients["total"] = total_;
    recipients["to_send"] = to_send_;
    for (const auto& [reason, n] : skipped_)
        recipients[reason] = n;
    json::object lengths;
    for (const auto& [segments, n] : by_segments_)
        lengths[std::to_string(segments)] = n;
    json::object plan;
    plan["recipients"] = std::move(recipients);
    plan["segments"] = segments_;
    plan["by_segments"] = std::move(lengths);
    plan["cost"] = json_of(price_of_segments(account, segments_));
    plan["digest"] = digest_;
    return plan;
}

std::string reached_before::sentence() const
{
    return std::to_string(reached) + " of " + std::to_string(asked) + " were reached by the last run of this job, " +
           last.text() + ": they get the message again";
}

task<result<void>> count_reached(run_context& c, const std::vector<ledger::item_record>& block, reached_before& sum)
{
    if (sum.asked == 0) {
        ledger::run_query q;
        q.job = c.run().job;
        q.before = c.run().id.text();
        q.limit = 1;
        auto newest = co_await c.store().runs(std::move(q));
        if (!newest)
            co_return newest.error();
        if (!newest->empty())
            sum.last = newest->front().id;
    }
    ledger::recipient_rules rules;
    for (const ledger::item_record& i : block)
        if (i.state == item_state::pending)
            rules.phones.push_back(i.phone);
    sum.asked += static_cast<std::int64_t>(rules.phones.size());
    if (sum.last.empty())
        co_return result<void>();
    rules.reached_job = c.run().job;
    rules.reached_after = run_id(sum.last.text().substr(0, sum.last.text().size() - 1)); // sorts right before it
    auto found = co_await c.store().forbidden_recipients(std::move(rules));
    if (!found)
        co_return found.error();
    for (const ledger::forbidden_recipient& f : *found)
        sum.reached += f.reason == "reached" ? 1 : 0;
    co_return result<void>();
}

namespace {

/// What changes the digest beside text and people.
std::string what_is_planned(const settings& s, const providers::account& account)
{
    std::string all = s.message.sender + "\n" + account.name + "\n" + account.identity_id;
    all += s.message.commercial ? "\ncommercial " + s.message.recipient_type : std::string("\ninformational");
    return all + "\n" + std::to_string(s.message.validity.value_or(std::chrono::hours(0)).count());
}

/// When it would begin and end if it was started now, and whether that is in time.
void add_times(run_context& c, const settings& s, std::chrono::milliseconds needed, json::object& plan)
{
    const wall_point now = c.clock().wall_now();
    const auto begins = s.window ? s.window->next_open(now) : std::optional(now);
    const auto ends = begins ? end_of_sending(s.window, *begins, needed) : std::nullopt;
    if (begins && *begins > now)
        plan["waits_until"] = rfc3339(*begins);
    json::object time;
    time["seconds"] = std::chrono::ceil<std::chrono::seconds>(needed).count();
    time["begins_at"] = json_or_null(begins);
    time["ends_at"] = json_or_null(ends);
    const auto last = sends_until(s, c.run());
    time["until"] = json_or_null(last);
    time["in_time"] = ends.has_value() && (!last || *ends < *last);
    plan["time"] = std::move(time);
}

} // namespace

task<result<json::object>> make_plan(run_context& c, const settings& s, const providers::account& account)
{
    auto suppressed = co_await read_suppressed(c);
    if (!suppressed)
        co_return suppressed.error();
    auto source = recipient_source::open(s, c.params(), limits_of(s.message, account), std::move(*suppressed));
    if (!source)
        co_return source.error();
    const std::string common = source->common_text() ? source->common_text()->text : std::string();
    plan_totals totals(what_is_planned(s, account), common);
    send_estimate calls(s, *account.sms, common);
    plan_samples samples(common, std::random_device()());
    reached_before before;
    for (bool more = true; more;) {
        std::vector<ledger::item_record> block;
        while (more && block.size() < block_size) {
            auto item = source->next();
            if (!item)
                co_return item.error();
            more = item->has_value();
            if (more)
                block.push_back(std::move(**item));
        }
        auto skipped = co_await skip_recently_messaged(c, s, block);
        if (!skipped)
            co_return skipped.error();
        auto counted = co_await count_reached(c, block, before);
        if (!counted)
            co_return counted.error();
        totals.add(block);
        calls.add(block);
        samples.add(block);
        co_await async::yield();
        const bool left = co_await async::cancellation_requested();
        if (left)
            co_return error(errc::cancelled, "nobody waits for the plan any more");
    }
    auto plan = totals.to_json(account);
    plan["alphabets"] = source->letters().alphabets_json();
    plan["letters"] = source->letters().letters_json();
    plan["bad"] = source->bad().count();
    plan["bad_rows"] = source->bad().to_json();
    plan["file"] = source->form();
    plan["samples"] = samples.to_json();
    if (before.mostly())
        plan["warning"] = before.sentence();
    calls.finish();
    plan["requests"] = calls.requests();
    add_times(c, s, calls.pace_time(), plan);
    const money cost = price_of_segments(account, totals.segments());
    auto budget = co_await budgets_against(c, account, cost);
    if (!budget)
        co_return budget.error();
    plan["budget"] = std::move(*budget);
    plan["balance"] = co_await balance_against(c, account, cost);
    co_return plan;
}

} // namespace ulak::kinds::sms
