#include "engine/detail/channel_test.hpp"

#include "core/ids.hpp"
#include "core/wall_time.hpp"
#include "engine/detail/accounts.hpp"
#include "engine/detail/free_delivery.hpp"

#include <boost/json/serialize.hpp>

#include <variant>

namespace ulak::engine {
namespace {

constexpr char event_name[] = "test";

parsed_notice sample_notice(const std::string& channel, wall_point now)
{
    ledger::notice_record n;
    n.id = notice_id(make_ulid(unix_ms(now)));
    n.channel = channel;
    n.moment = event_name;
    n.body = boost::json::serialize(boost::json::object{{"id", n.id.text()},
                                                        {"event", event_name},
                                                        {"time", rfc3339(now)},
                                                        {"job", ""},
                                                        {"text", "Ulak reaches the channel " + channel},
                                                        {"data", boost::json::object()}});
    return parsed_notice(std::move(n));
}

task<result<std::string>> look_at_account(shared_state& shared, std::string account)
{
    auto read = co_await read_balance(shared, account);
    if (!read)
        co_return read.error();
    co_return "nothing was sent, because an SMS costs; account " + account + " answers, its balance is " +
        read->balance.amount_text() + " " + read->balance.unit;
}

} // namespace

task<result<std::string>> test_channel(shared_state& shared, std::string name)
{
    const auto held = shared.notify_channels; // a reload may put others in their place
    const auto found = held->find(name);
    if (found == held->end())
        co_return error(errc::not_found, "there is no channel " + name);
    if (const auto* sms = std::get_if<sms_channel>(&found->second.destination))
        co_return co_await look_at_account(shared, sms->account);
    const parsed_notice notice = sample_notice(name, shared.wall());
    auto made = co_await deliver_without_cost(shared, found->second, notice);
    if (made.failure)
        co_return *std::move(made.failure);
    co_return "delivered" + (made.note.empty() ? std::string() : ": " + made.note);
}

} // namespace ulak::engine
