// Offers: what each candidate sells at this moment, in the order in which they are tried.
#pragma once

#include "kinds/otp_acquire/settings.hpp"
#include "kinds/run_context.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

/// A candidate with its account, price and stock.
struct offer {
    std::size_t candidate = 0;                     ///< index in `settings::candidates`
    std::shared_ptr<providers::account> account{}; ///< null: gone from ulak.yaml
    std::string service{}, operator_name{};        ///< templates filled with the run's parameters
    std::optional<money> price{};
    std::optional<std::int64_t> stock{};
    std::string refusal{};             ///< why it is not usable; empty: it is
    bool too_expensive = false;        ///< it is refused for its price alone
    bool refusal_may_pass = false;     ///< another round may find it usable
    std::optional<error> read_error{}; ///< the provider's answer, where the offer could not be read
    async::steady_point read_at{};     ///< when the reading began
};

/// Reads one candidate's offer. An offer that cannot be read is refused if the candidate has a `max_price` or the
/// provider does not know the service; else it is usable at an unknown price.
task<offer> read_offer(run_context& c, const settings& s, std::size_t candidate);

/// Reads the offers of all candidates one after the other: beginning with `first` in their order, or the cheapest
/// first and those without a price last.
task<std::vector<offer>> read_offers(run_context& c, const settings& s, std::size_t first);

/// The offer as the plan shows it.
boost::json::object to_json(const offer& o, const settings& s);

} // namespace ulak::kinds::otp
