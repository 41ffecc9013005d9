#include "kinds/purchase/effect_identity.hpp"

namespace ulak::kinds {

bool was_made_at(const ledger::effect_record& e, const providers::account& account) noexcept
{
    if (e.identity.empty() || account.identity_id.empty())
        return e.account == account.name;
    return e.identity == account.identity_id;
}

ledger::effect_query effects_of(const providers::account& account)
{
    ledger::effect_query q;
    q.account = account.name;
    q.identity = account.identity_id;
    return q;
}

} // namespace ulak::kinds
