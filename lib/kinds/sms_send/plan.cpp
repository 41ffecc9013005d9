#include "kinds/sms_send/plan.hpp"

#include "async/waiter.hpp"
#include "async/yield.hpp"
#include "core/json_text.hpp"
#include "http/auth.hpp"
#include "kinds/sms_send/recipient_source.hpp"

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
            ++skipped_[i.reason];
            continue;
        }
        ++to_send_;
        segments_ += i.segments;
        ++by_segments_[i.segments];
        hashed += i.phone + "\n" + i.text + "\n";
    }
    digest_ = http::sha256_hex(hashed);
}

json::object plan_totals::to_json(const std::string& unit) const
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
    plan["cost"] = json_of(money(decimal::from_integer(segments_), unit));
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

task<result<json::object>> make_plan(run_context& c, const settings& s, const providers::account& account)
{
    auto suppressed = co_await read_suppressed(c);
    if (!suppressed)
        co_return suppressed.error();
    auto source = recipient_source::open(s, c.params(), limits_of(s.message, account), std::move(*suppressed));
    if (!source)
        co_return source.error();
    plan_totals totals(s.message.sender, source->common_text() ? source->common_text()->text : std::string());
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
        co_await async::yield();
        const bool left = co_await async::cancellation_requested();
        if (left)
            co_return error(errc::cancelled, "nobody waits for the plan any more");
    }
    auto plan = totals.to_json(account.unit);
    if (before.mostly())
        plan["warning"] = before.sentence();
    const wall_point now = c.clock().wall_now();
    if (s.window && !s.window->is_open(now))
        if (const auto opens = s.window->next_open(now))
            plan["waits_until"] = rfc3339(*opens);
    co_return plan;
}

} // namespace ulak::kinds::sms
