// Describes one protocol to the rest of the daemon: everything that is known about it without a connection.
#pragma once

#include "providers/account.hpp"
#include "providers/account_settings.hpp"
#include "yaml/shape.hpp"

#include <concepts>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ulak::providers {

/// A row of the registry. Made by `describe`, so that what the protocol can do is told once: by the interfaces that its
/// client implements.
struct protocol_descriptor {
    std::string name;               ///< the value of `provider:` in ulak.yaml
    std::string base_url{};         ///< https, from the provider's document
    std::string unit{};             ///< of prices and balances, where the account does not say otherwise
    int default_purchases = 1;      ///< costly calls in flight; above 1 only where a lost order can be looked up
    double requests_per_second = 0; ///< rate of an account that names none; 0: no limit
    double burst = 1;               ///< how many requests may go at once under that rate
    bool sends_sms = false;         ///< set by `describe`

    /// The protocol's own keys of an account, beside the common ones. They feed the loader and the JSON Schema.
    std::vector<yaml::key> keys{};
    /// Those that say who logs in, if they are given: a user name or an API key, but no password, which may change.
    /// Empty: all secrets.
    std::vector<std::string> login_keys{};
    /// Secrets that an account may give in place of another: {"password_md5", "password"}.
    std::map<std::string, std::string> secret_substitutes{};
    /// Reports what is wrong across keys: no login given, two ways to log in.
    std::function<void(const yaml::reader&, yaml::problems&)> check_keys = [](const yaml::reader&, yaml::problems&) {};
    /// Whether an answer refuses the login, for protocols that do not say it by 401 or 403.
    std::function<bool(const http::response&)> refuses_login{};
    /// Sets the capabilities of an account whose `client` is set. errc::invalid_argument: the settings cannot work.
    std::function<result<void>(account&, const account_settings&, async::clock&)> open{};
};

/// Opens the protocol's client for one account; may adapt the account's unit and cancel rules.
template<class Client>
using client_opener = result<std::shared_ptr<Client>> (*)(account&, const account_settings&, async::clock&);

/// Gives the account every capability that the client implements.
template<class Client>
void offer_capabilities(account& a, const std::shared_ptr<Client>& client)
{
    if constexpr (std::derived_from<Client, balance_reader>)
        a.balances = client;
    if constexpr (std::derived_from<Client, sms_sender>)
        a.sms = client;
    if constexpr (std::derived_from<Client, number_seller>)
        a.numbers = client;
    if constexpr (std::derived_from<Client, smm_panel>)
        a.panel = client;
}

/// A descriptor whose capabilities are the interfaces of `Client`.
template<class Client>
protocol_descriptor describe(std::string name, client_opener<Client> open)
{
    protocol_descriptor p{.name = std::move(name)};
    p.sends_sms = std::derived_from<Client, sms_sender>;
    p.open = [open](account& a, const account_settings& s, async::clock& clock) -> result<void> {
        auto client = open(a, s, clock);
        if (!client)
            return client.error();
        offer_capabilities(a, *client);
        return {};
    };
    return p;
}

/// `refuses_login` for protocols whose own readers find errc::auth in an answer: `read` is the reader of the balance.
template<class Read>
std::function<bool(const http::response&)> refused_when_unauthorised(Read read)
{
    return [read](const http::response& r) {
        const auto got = read(r);
        return !got && got.error().code == errc::auth;
    };
}

} // namespace ulak::providers
