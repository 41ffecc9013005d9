// One account at one provider: what the user configured, and the capabilities that follow from its protocol.
#pragma once

#include "async/rate_limiter.hpp"
#include "async/semaphore.hpp"
#include "core/secret.hpp"
#include "http/client.hpp"
#include "providers/capability.hpp"
#include "providers/account_health.hpp"
#include "yaml/reader.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace ulak::providers {

/// As in ulak.yaml, with the secrets in hand. `options` holds the protocol's own keys that are not secrets, as text
/// ("username", "body", "http_method", "cancel.free_until", "code_fields").
struct account_settings {
    account_settings() = default;

    std::string name{}, provider{};
    std::string base_url{}; ///< empty: the seed document's
    std::string ca_file{};
    std::optional<yaml::rate_value> pace{};
    int connections = 8;
    std::optional<std::chrono::milliseconds> timeout{};
    std::optional<money> day_budget{};
    bool shared = true;
    std::optional<int> purchases{};
    std::map<std::string, secret> secrets{};
    std::map<std::string, std::string> options{};
    std::map<std::string, std::vector<std::string>> lists{};
};

/// What a protocol offers, known without a connection: the loader checks jobs against it.
struct abilities {
    bool sends_sms = false, sells_numbers = false, cancels_numbers = false, lists_orders = false, is_panel = false;
    bool takes_encoding = false, takes_validity = false, needs_recipient_type = false;
    std::string unit{}; ///< "credits", "TRY", "USD"
};

/// Time limits of a rented number (ulak.yaml's `cancel`).
struct cancel_rules {
    std::chrono::milliseconds not_before{0};
    std::chrono::milliseconds free_until{std::chrono::minutes(10)};
};

/// A configured account, alive as long as the configuration that made it. Capabilities are null where the protocol has none.
struct account {
    std::string name{}, provider{};
    abilities can{};
    cancel_rules cancel{};
    std::chrono::milliseconds read_timeout{30'000};
    std::chrono::milliseconds order_timeout{90'000};
    std::optional<money> day_budget{};
    bool shared = true;
    int purchases = 1; ///< costly calls in flight at once
    std::shared_ptr<account_health> health = std::make_shared<account_health>(); ///< whether it is worth asking

    /// Purchases in doubt (their ids) whose evidence this process has gathered. Until then nobody else buys here.
    std::set<std::string> reconciled{};

    std::unique_ptr<http::client> client{}; ///< outlives the capabilities below
    std::unique_ptr<async::semaphore> purchase_permits{}; ///< one permit per purchase in flight
    std::unique_ptr<balance_reader> balances{};
    std::unique_ptr<sms_sender> sms{};
    std::unique_ptr<number_seller> numbers{};
    std::unique_ptr<smm_panel> panel{};
};

using accounts = std::map<std::string, std::shared_ptr<account>>;

} // namespace ulak::providers
