// Everything that the five providers know: money, numbers, sends, orders, and what is to come. Pure state: it moves
// when it is told the time.
#pragma once

#include "sim/timer_queue.hpp"
#include "sim/catalog.hpp"
#include "sim/random_source.hpp"
#include "sim/fault.hpp"
#include "sim/request_log.hpp"
#include "sim/number_book.hpp"
#include "sim/options.hpp"
#include "sim/panel_book.hpp"
#include "sim/sms_book.hpp"
#include "sim/wallet.hpp"

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace ulak::sim {

/// A protocol that rents numbers, with what belongs to it.
struct number_market {
    number_market(protocol_id p, number_catalog c, std::uint64_t first_id, random_source& random)
        : protocol(p), catalog(std::move(c)), numbers(first_id, random)
    {}

    protocol_id protocol;
    number_catalog catalog;
    number_book numbers;
};

class world_state {
  public:
    explicit world_state(options o);
    world_state(const world_state&) = delete;
    world_state& operator=(const world_state&) = delete;

    const options& settings() const noexcept { return settings_; }
    wall_point now() const noexcept { return now_; }

    /// Lets everything happen that is due at this time (of the clock; what `skip` added comes on top).
    void advance(wall_point clock_now);
    void skip(std::chrono::milliseconds d);

    wallet& wallet_of(protocol_id p) { return wallets_[static_cast<std::size_t>(p)]; }
    number_market& market_of(protocol_id p) { return p == protocol_id::tamonay ? tamonay : numbers; }

    /// A line of the ledger for something that no request did. `operation` begins with "_".
    void log_event(protocol_id p, std::string operation, json::value effect);

    /// Rents a number: takes the money and the stock, and plans its SMS and its end. The caller has checked both.
    rented_number& rent(protocol_id p, number_service& service, decimal charge, rented_number wanted);
    /// The SMS is here, unless the number has ended.
    void deliver_sms(rented_number& n);
    /// Ends a waiting number and gives the money back, unless its plan says otherwise. Returns what was given back.
    decimal refund(protocol_id p, rented_number& n, number_state ended);

    /// Takes a send and plans the refund for those it does not reach where the provider pays for them.
    sms_queue& accept_send(protocol_id p, sms_queue queue, bool pays_for_undelivered);
    /// Cancels what is not due yet; returns what was given back.
    decimal cancel_send(protocol_id p, sms_queue& queue);

    panel_order& place_order(panel_order o);

    request_log log;
    fault_injector faults{};
    random_source randomness;
    number_market tamonay;
    number_market numbers;
    std::vector<panel_service> panel_services;
    sms_book toplusms_sends;
    sms_book iletimerkezi_sends;
    panel_book panel_orders;
    std::map<std::string, wall_point> blacklist{};  ///< iletimerkezi, ten digits
    std::unordered_set<std::string> recent_sends{}; ///< iletimerkezi: digests of the last ten minutes
    timer_queue timers{};

  private:
    void schedule_number(protocol_id p, const rented_number& n);

    options settings_;
    std::array<wallet, protocol_count> wallets_;
    wall_point now_{};
    std::chrono::milliseconds clock_offset_{0};
};

/// A duration as fault parameters write it: "2s", "10m", or bare milliseconds.
std::optional<std::chrono::milliseconds> parse_delay(std::string_view text);

} // namespace ulak::sim
