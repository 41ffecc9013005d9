// What an operator's decision about an attention entry means for the purchase, its recipients and the run. Pure.
#pragma once

#include "kinds/kind.hpp"
#include "ledger/change.hpp"
#include "ledger/records.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ulak::engine {

inline constexpr char outcome_done[] = "done";           ///< it took effect
inline constexpr char outcome_not_done[] = "not-done";   ///< it did not
inline constexpr char outcome_write_off[] = "write-off"; ///< nobody knows, and nobody looks any more

bool is_outcome(std::string_view outcome) noexcept;

struct attention_decision {
    ledger::attention_record entry; ///< as it is before the decision
    std::string outcome;
    bool about_refund; ///< the entry asks for a refund, by its kind's declaration
    wall_point at;
};

attention_decision decide(const ledger::attention_record& entry, std::string outcome,
                          std::span<const kinds::kind> known, wall_point at);

/// Where an ambiguous or orphaned purchase goes:
///   outcome     ambiguous      orphaned    orphaned, entry about a refund
///   done        accepted       accepted    refunded
///   not-done    not_executed   refunded    accepted
///   write-off   written_off    written_off written_off
/// One that is accepted without the provider's id gets one that names the entry.
ledger::move_effect effect_resolution(const ledger::effect_record& effect, const attention_decision& decision);

/// What is left to come back of an accepted purchase whose missing refund has come; nullopt: nothing to record.
std::optional<ledger::refund_effect> refund_resolution(const ledger::effect_record& effect,
                                                       const attention_decision& decision);

/// The purchase's ambiguous recipients: submitted, or rejected with a reason.
ledger::move_items items_resolution(const ledger::effect_record& effect, const attention_decision& decision);

/// Whether an entry with this outcome leaves its run a success. A number that was given back has no code, whatever
/// became of its refund.
bool counts_as_success(std::span<const kinds::kind> known, std::string_view entry_kind,
                       std::string_view outcome) noexcept;

/// A run's error message without the hint to look into `attention`, and with the decision that was made there.
std::string resolved_text(std::string message, const std::string& outcome);

} // namespace ulak::engine
