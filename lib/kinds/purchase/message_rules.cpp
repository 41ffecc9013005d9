#include "kinds/purchase/message_rules.hpp"

#include <utility>

namespace ulak::kinds {

ledger::recipient_rules recipient_rules_at(const message_rules& rules, wall_point now, effect_id except)
{
    ledger::recipient_rules asked;
    asked.phones = rules.phones;
    asked.except = std::move(except);
    asked.reached_job = rules.reached_job;
    asked.reached_after = rules.reached_after;
    if (rules.sent_within) {
        asked.messaged_since = now - *rules.sent_within;
        asked.answered_from = now - longest_call;
    }
    return asked;
}

} // namespace ulak::kinds
