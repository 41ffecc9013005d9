// Which identity each account has in the store. The login is kept as a slow hash under a key of the store's own, so
// that a copy of the store gives no login away.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <string>

namespace ulak::engine {

/// Gives every account of `all` the id of its identity, and notes them: what the account bought
/// before it had one is its own. An account
/// without an identity, as tests make them, stays without an id. Errors: the store's; nothing has changed then.
task<result<void>> identify_accounts(shared_state& shared, const providers::accounts& all);

/// What of an account is another now, in the words of ulak.yaml: "base_url was https://a, is https://b; the login
/// changed". `was` may be unknown to the store: nullptr.
std::string identity_difference(const ledger::identity_record* was, const ledger::identity_record* is);

} // namespace ulak::engine
