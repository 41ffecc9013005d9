// What a run would do, by reading everything and sending nothing.
#include "kinds/sms_send/sms_run.hpp"

#include "core/json_text.hpp"
#include "http/auth.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

namespace ulak::kinds::sms {
namespace {

namespace json = boost::json;
using ledger::item_state;

/// Sums over the items, a block at a time.
struct plan_totals {
    std::map<std::string, std::int64_t> skipped{{"invalid", 0}, {"duplicate", 0}, {"opt-out", 0}, {"sent-within", 0}};
    std::int64_t total = 0, to_send = 0, segments = 0;
    std::map<int, std::int64_t> by_segments{};
    std::string digest{};

    void add(const std::vector<ledger::item_record>& block)
    {
        std::string all = digest;
        for (const ledger::item_record& i : block) {
            ++total;
            if (i.state == item_state::skipped) {
                ++skipped[i.reason];
                continue;
            }
            ++to_send;
            segments += i.segments;
            ++by_segments[i.segments];
            all += i.phone + "\n" + i.text + "\n";
        }
        digest = http::sha256_hex(all);
    }
};

json::object to_json(const plan_totals& t, const money& cost)
{
    json::object recipients;
    recipients["total"] = t.total;
    recipients["to_send"] = t.to_send;
    for (const auto& [reason, n] : t.skipped)
        recipients[reason] = n;
    json::object lengths;
    for (const auto& [segments, n] : t.by_segments)
        lengths[std::to_string(segments)] = n;
    json::object plan;
    plan["recipients"] = std::move(recipients);
    plan["segments"] = t.segments;
    plan["by_segments"] = std::move(lengths);
    plan["cost"] = ulak::json_of(cost);
    plan["digest"] = t.digest;
    return plan;
}

} // namespace

task<result<json::object>> send_job::plan(run_context& c) const
{
    const auto who = c.account(settings_.account);
    if (!who || !who->sms)
        co_return error(errc::not_found, "the account " + settings_.account + " is gone from ulak.yaml");
    auto reading = read_suppressed(c);
    auto suppressed = co_await std::move(reading);
    if (!suppressed)
        co_return suppressed.error();
    auto source =
        recipient_source::open(settings_, c.params(), limits_of(settings_.message, *who), std::move(*suppressed));
    if (!source)
        co_return source.error();
    plan_totals sum;
    sum.digest =
        http::sha256_hex(settings_.message.sender + "\n" + (source->common_text() ? source->common_text()->text : std::string()));
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
        auto skipping = skip_recently_messaged(c, settings_, block);
        auto skipped = co_await std::move(skipping);
        if (!skipped)
            co_return skipped.error();
        sum.add(block);
    }
    const money cost(decimal::from_integer(sum.segments), who->unit);
    auto plan = to_json(sum, cost);
    if (settings_.window && !settings_.window->is_open(c.clock().wall_now()))
        if (const auto opens = settings_.window->next_open(c.clock().wall_now()))
            plan["waits_until"] = rfc3339(*opens);
    co_return plan;
}

} // namespace ulak::kinds::sms
