// Capability: sends one text to many numbers and reads the delivery reports.
#pragma once

#include "core/money.hpp"
#include "core/phone.hpp"
#include "providers/outcome.hpp"
#include "providers/purchase_gate.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers {

enum class sms_encoding { english, turkish };

/// A text and whom it goes to.
struct sms_text {
    sms_text() = default;

    std::string text{};
    std::vector<phone> numbers{};
};

/// One text to many numbers; or several, each to its own, where the provider takes them in one order.
struct sms_order {
    sms_order() = default;

    std::string sender{}; ///< title, as the provider approved it
    std::string text{};
    sms_encoding encoding = sms_encoding::english;
    bool commercial = false;
    std::string recipient_type{}; ///< İYS list of a commercial message: "BIREYSEL" or "TACIR"
    std::optional<std::chrono::hours> validity{};
    std::vector<phone> numbers{};
    std::vector<sms_text> further{}; ///< at most `max_texts` with the first

    std::size_t recipients() const noexcept
    {
        std::size_t n = numbers.size();
        for (const sms_text& t : further)
            n += t.numbers.size();
        return n;
    }
};

struct sms_receipt {
    std::string queue_id; ///< the provider's, by which the report is read
};

struct sms_report {
    enum class delivery_state { waiting, delivered, undelivered };
    struct entry {
        std::string digits; ///< ten digits where the provider's form could be read
        delivery_state state = delivery_state::waiting;
        std::string provider_status; ///< the provider's own word
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

    virtual std::size_t max_recipients() const = 0;     ///< of one order
    virtual std::size_t max_texts() const { return 1; } ///< of one order
    virtual std::size_t max_segments() const = 0;       ///< of one text; 0: not documented
    virtual bool takes_encoding() const = 0;
    virtual bool takes_validity() const = 0;
    virtual bool needs_recipient_type() const { return false; } ///< for commercial messages

    /// Costly. Never repeated by the client.
    virtual task<outcome<sms_receipt>> send(sms_order order, purchase_gate how) = 0;
    /// errc::not_found: the provider does not know the queue. An order that is not due yet is an empty report.
    virtual task<result<sms_report>> report(std::string queue_id, async::steady_point deadline) = 0;
};

} // namespace ulak::providers
