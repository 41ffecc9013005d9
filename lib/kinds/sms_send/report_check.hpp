// Weighs a delivery report against what was sent: people, counters and money. Pure.
#pragma once

#include "core/money.hpp"
#include "kinds/sms_send/delivery_report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// How many of a queue's people a report names, counted over all of its items whatever their state.
struct report_coverage {
    std::int64_t named = 0, missing = 0;

    void count(const std::vector<ledger::item_record>& block, const std::string& queue, std::int64_t last,
               const reports_by_phone& reports);
};

/// What a report says otherwise than what was sent.
struct report_differences {
    std::vector<std::string> all{};   ///< each a clause: "1 of 4 recipients is not in it"
    std::vector<std::string> grave{}; ///< those of them by which people or money are missing

    void add(std::string what, bool is_grave);
};

/// `planned`: what the queue should cost; nullopt: nobody has told the price yet.
report_differences weigh_report(const queue_range& sent, const report_coverage& seen, const reports_by_phone& reports,
                                const providers::sms_report& report, const std::optional<money>& planned);

/// What the report says that the order costs, in the account's unit. nullopt: it says nothing that can be booked. An
/// account that is paid in credits is not charged parts of one: such a price is in money.
std::optional<money> told_cost(const providers::sms_report& report, const std::string& unit);

} // namespace ulak::kinds::sms
