// One account at one provider: its limits, its health, and the capabilities that its protocol offers.
#pragma once

#include "async/semaphore.hpp"
#include "events/event.hpp"
#include "http/client.hpp"
#include "providers/account_health.hpp"
#include "providers/account_identity.hpp"
#include "providers/capability.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace ulak::providers {

/// When a rented number can be given back (ulak.yaml's `cancel`), counted from the order.
struct cancel_rules {
    std::chrono::milliseconds not_before{0};
    std::chrono::milliseconds free_until{std::chrono::minutes(10)};
};

/// Lives as long as the configuration that made it. What an account can do is which capabilities it has: each is null
/// where the protocol does not offer it, and finer questions (can a number be cancelled?) are asked of the capability.
struct account {
    std::string name{}, provider{};
    account_identity identity{};
    std::string identity_id{}; ///< under which the store knows the identity; empty: not yet
    std::string unit{};        ///< of its prices and its balance: "credits", "TRY", "USD"
    cancel_rules cancel{};
    std::chrono::milliseconds read_timeout{30'000};
    std::chrono::milliseconds order_timeout{90'000};
    std::optional<money> day_budget{};
    /// What one segment costs where messages are paid in money: as ulak.yaml says it, until a report has told it.
    std::optional<decimal> price_per_segment{};
    std::shared_ptr<std::optional<decimal>> told_price = std::make_shared<std::optional<decimal>>();
    bool shared = true; ///< others may spend from it too, so its balance is no evidence
    int purchases = 1;  ///< costly calls in flight at once
    std::shared_ptr<account_health> health = std::make_shared<account_health>();

    /// Ids of the ambiguous purchases whose evidence this process has gathered. Nothing else is bought before. Accounts
    /// of one identity have one set between them.
    std::shared_ptr<std::set<std::string>> reconciled = std::make_shared<std::set<std::string>>();

    std::unique_ptr<http::client> client{};               ///< outlives the capabilities below
    std::shared_ptr<async::semaphore> purchase_permits{}; ///< one per purchase in flight, whatever the account's name
    std::shared_ptr<balance_reader> balances{};
    std::shared_ptr<sms_sender> sms{};
    std::shared_ptr<number_seller> numbers{};
    std::shared_ptr<smm_panel> panel{};
};

using accounts = std::map<std::string, std::shared_ptr<account>>;

/// Lets a failing or suspended account be tried again, on an operator's word or after a reload. Returns the event to
/// publish, or nothing if the account was ready.
std::optional<events::event> reset_breaker(account& a, wall_point now);

} // namespace ulak::providers
