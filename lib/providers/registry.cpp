#include "providers/registry.hpp"

#include "core/text.hpp"
#include "events/event_names.hpp"
#include "providers/iletimerkezi/protocol_descriptor.hpp"
#include "providers/detail/retrying_client.hpp"
#include "providers/smmonayim_numbers/protocol_descriptor.hpp"
#include "providers/smmonayim_panel/protocol_descriptor.hpp"
#include "providers/tamonay/protocol_descriptor.hpp"
#include "providers/toplusms/protocol_descriptor.hpp"

namespace ulak::providers {
namespace {

error for_account(const account_settings& s, error e)
{
    e.message = "account " + printable(s.name, 80) + ": " + e.message;
    return e;
}

error unknown_provider(const account_settings& s)
{
    std::vector<std::string> names;
    for (const auto& p : protocols())
        names.push_back(p.name);
    const auto meant = nearest(s.provider, names);
    std::string text = "no provider is called \"" + printable(s.provider, 80) + "\"";
    if (meant)
        text += "; did you mean " + *meant + "?";
    return error(errc::invalid_argument, std::move(text));
}

// Rates of messages are kept by the senders themselves; here only requests are counted.
retry_policy policy_for(const account_settings& s, const protocol_descriptor& p, const account& a, events::sink* out)
{
    retry_policy m;
    m.account = s.name;
    m.provider = p.name;
    m.refuses_login = p.refuses_login;
    m.health = a.health;
    m.events_out = out;
    if (s.pace && s.pace->per_second > 0 && s.pace->unit == "requests")
        m.request_rate.emplace(s.pace->per_second, 1);
    else if (p.requests_per_second > 0)
        m.request_rate.emplace(p.requests_per_second, p.burst);
    return m;
}

std::shared_ptr<account> empty_account(const account_settings& s, const protocol_descriptor& p)
{
    auto a = std::make_shared<account>();
    a->name = s.name;
    a->provider = p.name;
    a->can = p.can;
    a->read_timeout = s.timeout.value_or(a->read_timeout);
    a->order_timeout = s.timeout.value_or(a->order_timeout);
    a->day_budget = s.day_budget;
    a->shared = s.shared;
    a->purchases = s.purchases.value_or(p.default_purchases);
    return a;
}

result<void> check_settings(const account_settings& s, const protocol_descriptor& p)
{
    if (s.purchases && *s.purchases < 1)
        return error(errc::invalid_argument, "purchases must be at least 1");
    if (s.pace && s.pace->unit != "requests" && !p.can.sends_sms)
        return error(errc::invalid_argument, p.name + " sends no messages: its pace counts requests");
    return {};
}

} // namespace

std::span<const protocol_descriptor> protocols()
{
    static const std::vector<protocol_descriptor> all{tamonay::descriptor(), toplusms::descriptor(), iletimerkezi::descriptor(),
                                           smmonayim_numbers::descriptor(), smmonayim_panel::descriptor()};
    return all;
}

const protocol_descriptor* find_protocol(std::string_view name) noexcept
{
    for (const auto& p : protocols())
        if (p.name == name)
            return &p;
    return nullptr;
}

result<std::shared_ptr<account>> make_account(const account_settings& s, std::unique_ptr<http::client> way, executor ex,
                                              async::clock& time, events::sink* out)
{
    const protocol_descriptor* p = find_protocol(s.provider);
    if (!p)
        return for_account(s, unknown_provider(s));
    if (auto sound = check_settings(s, *p); !sound)
        return for_account(s, sound.error());
    auto a = empty_account(s, *p);
    a->client = make_retrying_client(std::move(way), time, policy_for(s, *p, *a, out));
    a->purchase_permits = std::make_unique<async::semaphore>(ex, static_cast<std::size_t>(a->purchases));
    if (auto made = p->open(*a, s, time); !made)
        return for_account(s, made.error());
    return a;
}

std::optional<events::event> reset_breaker(account& a, wall_point now)
{
    const auto changed = a.health->reset(now);
    if (!changed)
        return std::nullopt;
    const bool suspended = changed->previous == breaker_state::suspended;
    events::event e(suspended ? events::account_resumed : events::account_recovered, events::level::info,
                    "account " + a.name + " is tried again");
    e.account = a.name;
    e.provider = a.provider;
    return e;
}

} // namespace ulak::providers
