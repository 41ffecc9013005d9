#include "ulakd/client_builder.hpp"

#include "http/pool.hpp"
#include "providers/account_factory.hpp"
#include "providers/shared_wallets.hpp"

#include <utility>

namespace ulak::daemon {

namespace {

// Notices are few: one connection in use and one spare.
constexpr int webhook_connections = 2;

std::string provider_url(const providers::account_settings& account)
{
    if (!account.base_url.empty())
        return account.base_url;
    return providers::find_protocol(account.provider)->base_url;
}

// "https://host/path?query" → {"https://host", "/path?query"}
std::pair<std::string, std::string> split_url(const std::string& url)
{
    const auto slash = url.find('/', url.find("://") + 3);
    if (slash == std::string::npos)
        return {url, "/"};
    return {url.substr(0, slash), url.substr(slash)};
}

error with_context(const std::string& what, const error& e)
{
    return error(e.code, what + ": " + e.message);
}

} // namespace

client_builder::client_builder(executor ex, async::clock& clock, std::shared_ptr<http::resolver> resolver,
                               events::sink& account_events)
    : executor_(ex), clock_(clock), resolver_(std::move(resolver)), account_events_(account_events)
{}

result<std::unique_ptr<http::client>> client_builder::client_for(const std::string& url, const std::string& ca_file,
                                                                 int connections, bool private_addresses) const
{
    auto origin = http::origin::parse(url);
    if (!origin)
        return origin.error();
    http::client_settings s(std::move(*origin));
    s.ca_file = ca_file;
    s.max_connections = static_cast<std::size_t>(connections);
    s.allow_private_addresses = private_addresses;
    return http::make_client(executor_, clock_, resolver_, std::move(s));
}

result<std::shared_ptr<providers::account>> client_builder::account(const providers::account_settings& s) const
{
    // A provider's public name must not lead into the local network; an address that the user wrote may.
    auto client = client_for(provider_url(s), s.ca_file, s.connections, !s.base_url.empty());
    if (!client)
        return client.error();
    return providers::make_account(s, std::move(*client), executor_, clock_, &account_events_);
}

result<std::shared_ptr<providers::accounts>>
client_builder::accounts(const settings& s, const providers::accounts& current, const std::set<std::string>& kept) const
{
    auto all = std::make_shared<providers::accounts>();
    for (const providers::account_settings& one : s.accounts) {
        if (kept.contains(one.name)) {
            all->emplace(one.name, current.at(one.name));
            continue;
        }
        auto made = account(one);
        if (!made)
            return with_context("account " + one.name, made.error());
        all->emplace(one.name, std::move(*made));
    }
    providers::share_wallets(*all, kept);
    return all;
}

result<engine::webhook> client_builder::webhook(const channel_settings& s, const std::string& ca_file) const
{
    auto [site, target] = split_url(s.url);
    auto client = client_for(site, ca_file, webhook_connections, true);
    if (!client)
        return with_context("channel " + s.name, client.error());
    return engine::webhook{std::move(target), std::shared_ptr<http::client>(std::move(*client)), s.sign.duplicate()};
}

result<engine::channels> client_builder::channels(const settings& s) const
{
    engine::channels all;
    for (const channel_settings& one : s.channels) {
        engine::channel made{one.name, engine::program{one.arguments}};
        if (one.kind == channel_settings::type::sms)
            made.destination = engine::sms_channel{one.account, one.sender, one.to};
        if (one.kind == channel_settings::type::webhook) {
            auto hook = webhook(one, s.ca_file);
            if (!hook)
                return hook.error();
            made.destination = std::move(*hook);
        }
        all.emplace(one.name, std::move(made));
    }
    return all;
}

} // namespace ulak::daemon
