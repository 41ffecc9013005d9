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
        std::string provider_status; ///< the provider's own word, also one that no document names
    };
    sms_report() = default;

    bool finished = false; ///< the provider says that nothing will change any more
    bool failed = false;   ///< the order as a whole was not sent: who waits in it gets nothing
    std::vector<entry> entries{};
    std::optional<std::int64_t> total{};                    ///< how many numbers the provider took
    std::optional<std::int64_t> delivered{}, undelivered{}; ///< as the provider counts them
    std::optional<decimal> cost{};                          ///< of the whole order, as the provider tells it
    std::string status{};                                   ///< the provider's own word on the order
};

class sms_sender {
  public:
    virtual ~sms_sender() = default;

    virtual std::size_t max_recipients() const = 0;     ///< of one order
    virtual std::size_t max_texts() const { return 1; } ///< of one order
    virtual std::size_t max_segments() const = 0;       ///< of one text; 0: not documented
    /// Bytes that a percent-encoded text may have, where texts travel in a URL. 0: they do not.
    virtual std::size_t max_encoded_text() const { return 0; }
    /// Of one order with this text, where the text takes room from the numbers.
    virtual std::size_t max_recipients_beside(const std::string& text) const
    {
        (void)text;
        return max_recipients();
    }
    virtual bool takes_encoding() const = 0;
    virtual bool takes_validity() const = 0;
    virtual bool needs_recipient_type() const { return false; } ///< for commercial messages

    /// Whether a refusal is about some of the recipients, or their number: the order may pass without them.
    virtual bool blames_recipients(const error& refusal) const
    {
        (void)refusal;
        return false;
    }

    /// A page, from 1, of the numbers to which the provider itself sends nothing; empty behind the last one.
    /// errc::unsupported where the provider has no such list.
    virtual task<result<std::vector<std::string>>> opt_outs(int page, async::steady_point deadline)
    {
        (void)page, (void)deadline;
        co_return error(errc::unsupported, "this provider shows no list of opt-outs");
    }

    /// Costly. Never repeated by the client.
    virtual task<outcome<sms_receipt>> send(sms_order order, purchase_gate how) = 0;
    /// errc::not_found: the provider does not know the queue. An order that is not due yet is an empty report.
    virtual task<result<sms_report>> report(std::string queue_id, async::steady_point deadline) = 0;
};

} // namespace ulak::providers
