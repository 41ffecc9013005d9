// One account at one simulated provider: its money and the books of what it ordered or sent.
#pragma once

#include "sim/detail/number_book.hpp"
#include "sim/detail/panel_book.hpp"
#include "sim/detail/random_source.hpp"
#include "sim/detail/sms_book.hpp"
#include "sim/detail/wallet.hpp"
#include "sim/protocol_descriptor.hpp"

#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace ulak::sim {

/// The numbers that can be rented and those that are.
struct number_market {
    number_market(number_catalog for_rent, std::uint64_t first_id, random_source& random)
        : catalog(std::move(for_rent)), numbers(first_id, random)
    {}

    number_catalog catalog;
    number_book numbers;
};

/// The sends, and what a provider remembers between them.
struct sms_account {
    sms_account(std::uint64_t first_id, random_source& random) : sends(first_id, random) {}

    sms_book sends;
    std::map<std::string, wall_point> blacklist{};  ///< ten digits, since when; where the protocol has one
    std::unordered_set<std::string> recent_sends{}; ///< digests of what must not be sent again yet
};

/// The services of a panel and the orders for them.
struct panel_account {
    panel_account(std::vector<panel_service> offered, std::uint64_t first_id, random_source& random)
        : services(std::move(offered)), orders(first_id, random)
    {}

    std::vector<panel_service> services;
    panel_book orders;
};

struct simulated_account {
    /// `random` must outlive the account; ids grow from where `seed` puts the first.
    simulated_account(const protocol_descriptor& p, decimal balance, std::uint64_t seed, random_source& random);

    const protocol_descriptor& protocol;
    wallet money;
    std::unique_ptr<number_market> numbers{}; ///< null unless the protocol rents numbers
    std::unique_ptr<sms_account> messages{};  ///< null unless it sends SMS
    std::unique_ptr<panel_account> panel{};   ///< null unless it takes orders for services
};

} // namespace ulak::sim
