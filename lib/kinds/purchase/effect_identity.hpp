// At which wallet a purchase was made. An account's name is none: behind it may stand another login by now.
#pragma once

#include "ledger/ledger.hpp"
#include "providers/account.hpp"

namespace ulak::kinds {

/// Whether the account, as it is now, may be asked about this purchase. An identity that is not known matches.
bool was_made_at(const ledger::effect_record& e, const providers::account& account) noexcept;

/// All effects that moved, or may have moved, the account's money: those of its name, and those of its login under
/// other names.
ledger::effect_query effects_of(const providers::account& account);

} // namespace ulak::kinds
