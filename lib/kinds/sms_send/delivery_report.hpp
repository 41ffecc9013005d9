// What a provider's delivery report means for the items of its queue. Pure.
#pragma once

#include "kinds/sms_send/phone_set.hpp"
#include "ledger/ledger.hpp"
#include "providers/capability.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// The items of one queue lie between these positions; those of other queues may lie between them too.
struct queue_range {
    std::int64_t first = 0, last = 0; ///< positions, both included
    std::int64_t recipients = 0;
    std::int64_t unreported = 0; ///< recipients without a report
    std::int64_t segments = 0;   ///< of all recipients
    effect_id effect{};          ///< of the call that made the queue
};

/// What a report says of one recipient.
struct item_report {
    providers::sms_report::delivery_state state = providers::sms_report::delivery_state::waiting;
    std::string reason{}; ///< the provider's word, printable and short
};

/// By `phone_key`. Of a number that is listed twice, the final word counts.
using reports_by_phone = std::map<std::uint64_t, item_report>;
reports_by_phone index_reports(const providers::sms_report& report);

/// The moves that a report brings about in one block of items, and what it says nothing of.
struct report_moves {
    std::vector<ledger::move_items> moves{}; ///< delivered first, then undelivered by reason; none is empty
    std::int64_t delivered = 0, undelivered = 0, waiting = 0;
};

/// `block` holds submitted items of any queue; only those of `queue` up to position `last` are looked at.
report_moves moves_for(const std::vector<ledger::item_record>& block, const run_id& run, const std::string& queue,
                       std::int64_t last, const reports_by_phone& reports);

/// What stands as an open recipient's reason whom the report does not name.
inline constexpr char not_in_report[] = "not in the report";

/// The last words on those who stay open: the provider's own, or that it has none. An order that failed as a whole
/// refuses them.
std::vector<ledger::move_items> closing_moves(const std::vector<ledger::item_record>& block, const run_id& run,
                                              const std::string& queue, std::int64_t last,
                                              const reports_by_phone& reports, const providers::sms_report& report);

} // namespace ulak::kinds::sms
