// What accounts can do, whatever the protocol behind them. Kinds see only this.
#pragma once

#include "core/money.hpp"
#include "core/phone.hpp"
#include "providers/outcome.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::providers {

/// How a costly call is made: within the deadline, and only after the gate has said yes (see http::dispatch_gate).
struct purchase_gate {
    purchase_gate(async::steady_point deadline_, http::dispatch_gate gate_) : deadline(deadline_), gate(std::move(gate_)) {}

    async::steady_point deadline;
    http::dispatch_gate gate;
};

class balance_reader {
  public:
    virtual ~balance_reader() = default;
    virtual task<result<money>> balance(async::steady_point deadline) = 0;
};

enum class sms_encoding { english, turkish };

/// One text to many numbers.
struct sms_order {
    sms_order() = default;

    std::string sender{};
    std::string text{};
    sms_encoding encoding = sms_encoding::english;
    bool commercial = false;
    std::string recipient_type{};           ///< İYS list of a commercial message: "BIREYSEL" or "TACIR"
    std::optional<std::chrono::hours> validity{};
    std::vector<phone> numbers{};
};

struct sms_receipt {
    std::string queue_id;
};

struct sms_report {
    enum class delivery_state { waiting, delivered, undelivered };
    struct entry {
        std::string digits; ///< ten digits where the provider's form could be read
        delivery_state state = delivery_state::waiting;
        std::string provider_status;   ///< as the provider said it
    };
    sms_report() = default;

    bool finished = false; ///< the provider says that nothing will change any more
    std::vector<entry> entries{};
    std::optional<std::int64_t> total{}; ///< how many numbers the provider took
    std::optional<decimal> cost{};
};

class sms_sender {
  public:
    virtual ~sms_sender() = default;

    virtual std::size_t max_recipients() const = 0;  ///< in one order
    virtual std::size_t max_segments() const = 0; ///< of one text; 0: not documented
    virtual bool takes_encoding() const = 0;
    virtual bool takes_validity() const = 0;

    virtual task<outcome<sms_receipt>> send(sms_order order, purchase_gate how) = 0;
    virtual task<result<sms_report>> report(std::string queue_id, async::steady_point deadline) = 0;
};

struct service {
    service() = default;
    std::string id{}, name{}, category{};
    std::optional<money> price{}; ///< panel: per 1000
    std::optional<std::int64_t> stock{}, min_quantity{}, max_quantity{};
    std::string type{};           ///< panel: "Default", "Custom Comments" …
};

struct number_order {
    number_order() = default;
    std::string id{};
    std::string number{};           ///< as the provider writes it, any country
    std::optional<money> price{};   ///< if the answer says it
};

struct number_status {
    enum class sms_state {
        waiting,
        code,
        ended,
        unreadable ///< the provider says that the code is here, and shows none
    };
    number_status() = default;
    sms_state state = sms_state::waiting;
    std::string code{};    ///< text; leading zeros kept where they arrived
    bool numeric = false;  ///< came as a JSON number: zeros on the left may have been lost on the way
    std::string text{};    ///< the whole message, where the provider gives it
    std::string provider_status{};    ///< the provider's own status
};

/// An order found in the provider's own list.
struct listed_number {
    listed_number() = default;
    number_order order{};
    std::string service{}, operator_name{}; ///< empty: not shown
    std::optional<wall_point> created{};
};

class number_seller {
  public:
    virtual ~number_seller() = default;

    virtual bool can_cancel() const = 0;
    virtual bool lists_orders() const = 0;

    virtual task<result<std::vector<service>>> services(async::steady_point deadline) = 0;
    /// Price and stock of one service. errc::not_found if the provider does not have it.
    virtual task<result<service>> offer(std::string service_id, async::steady_point deadline) = 0;
    virtual task<outcome<number_order>> order(std::string service_id, std::string operator_name, purchase_gate how) = 0;
    virtual task<result<number_status>> poll(std::string number_id, async::steady_point deadline) = 0;
    /// Asks for the refund. errc::denied_now: refused, which is never final by itself. errc::unsupported without can_cancel().
    virtual task<result<void>> cancel(std::string number_id, async::steady_point deadline) = 0;
    /// Newest first, a page of about fifty; the first is 1. Behind the last there is nothing, or the same again.
    /// errc::unsupported without lists_orders().
    virtual task<result<std::vector<listed_number>>> recent_orders(int page, async::steady_point deadline) = 0;
};

struct panel_order {
    panel_order() = default;
    std::string service{}, link{};
    std::int64_t quantity = 0;
    std::optional<std::int64_t> runs{}, interval_minutes{};
    std::map<std::string, std::string> extra{}; ///< further fields, as the panel names them
};

struct panel_receipt {
    std::string order_id;
};

struct panel_status {
    enum class order_state { waiting, working, completed, partial, canceled, failed, unknown };
    panel_status() = default;
    order_state state = order_state::unknown;
    std::string provider_status{}; ///< "In progress"
    std::optional<decimal> charge{};
    std::string currency{};
    std::optional<std::int64_t> start_count{}, remains{};
};
bool is_final(panel_status::order_state s) noexcept;

class smm_panel {
  public:
    virtual ~smm_panel() = default;
    virtual task<result<std::vector<service>>> services(async::steady_point deadline) = 0;
    virtual task<outcome<panel_receipt>> add(panel_order order, purchase_gate how) = 0;
    /// By order id; an order that the panel did not mention is absent, one that it refused is an error.
    virtual task<result<std::map<std::string, result<panel_status>>>> status(std::vector<std::string> order_ids,
                                                                             async::steady_point deadline) = 0;
};

} // namespace ulak::providers
