#include "providers/account_factory.hpp"

#include "core/text.hpp"
#include "providers/detail/retrying_client.hpp"

namespace ulak::providers {
namespace {

error about_account(const account_settings& s, error e)
{
    e.message = "account " + printable(s.name, 80) + ": " + e.message;
    return e;
}

error unknown_provider(const account_settings& s, protocol_table table)
{
    std::vector<std::string> names;
    for (const auto& p : table)
        names.push_back(p.name);
    const auto meant = nearest(s.provider, names);
    std::string text = "no provider is called \"" + printable(s.provider, 80) + "\"";
    if (meant)
        text += "; did you mean " + *meant + "?";
    return error(errc::invalid_argument, std::move(text));
}

// A rate in segments or recipients is kept by the sender itself (sms_pace); here only requests are counted.
retry_policy policy_for(const account_settings& s, const protocol_descriptor& p, const account& a, events::sink* out)
{
    retry_policy policy;
    policy.account = s.name;
    policy.provider = p.name;
    policy.refuses_login = p.refuses_login;
    policy.health = a.health;
    policy.events_out = out;
    if (s.pace && s.pace->per_second > 0 && s.pace->unit == "requests")
        policy.request_rate.emplace(s.pace->per_second, 1);
    else if (p.requests_per_second > 0)
        policy.request_rate.emplace(p.requests_per_second, p.burst);
    return policy;
}

std::shared_ptr<account> without_client(const account_settings& s, const protocol_descriptor& p)
{
    auto a = std::make_shared<account>();
    a->name = s.name;
    a->provider = p.name;
    a->identity = identity_of(s, p);
    a->unit = p.unit;
    a->read_timeout = s.timeout.value_or(a->read_timeout);
    a->order_timeout = s.timeout.value_or(a->order_timeout);
    a->day_budget = s.day_budget;
    if (s.price_per_segment)
        a->price_per_segment = s.price_per_segment->amount;
    a->shared = s.shared;
    a->purchases = s.purchases.value_or(p.default_purchases);
    return a;
}

result<void> check_settings(const account_settings& s, const protocol_descriptor& p)
{
    if (s.purchases && *s.purchases < 1)
        return error(errc::invalid_argument, "purchases must be at least 1");
    if (s.pace && s.pace->unit != "requests" && !p.sends_sms)
        return error(errc::invalid_argument, p.name + " sends no messages: its pace counts requests");
    return {};
}

/// Asked once the protocol has said what its account is paid in.
result<void> check_price(const account& a, const account_settings& s)
{
    if (s.price_per_segment && !a.sms)
        return error(errc::invalid_argument, a.provider + " sends no messages: it has no price_per_segment");
    if (s.price_per_segment && s.price_per_segment->unit != a.unit)
        return error(errc::invalid_argument,
                     "price_per_segment is in " + s.price_per_segment->unit + ", the account is paid in " + a.unit);
    return {};
}

} // namespace

result<std::shared_ptr<account>> make_account(const account_settings& s, std::unique_ptr<http::client> client,
                                              executor ex, async::clock& clock, events::sink* out, protocol_table table)
{
    const protocol_descriptor* p = find_protocol(s.provider, table);
    if (!p)
        return about_account(s, unknown_provider(s, table));
    if (auto sound = check_settings(s, *p); !sound)
        return about_account(s, sound.error());
    auto a = without_client(s, *p);
    a->client = make_retrying_client(std::move(client), clock, policy_for(s, *p, *a, out));
    a->purchase_permits = std::make_shared<async::semaphore>(ex, static_cast<std::size_t>(a->purchases));
    if (auto opened = p->open(*a, s, clock); !opened)
        return about_account(s, opened.error());
    if (auto sound = check_price(*a, s); !sound)
        return about_account(s, sound.error());
    return a;
}

} // namespace ulak::providers
