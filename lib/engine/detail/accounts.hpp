// Reads accounts at their providers on behalf of an operator, and says which are in use.
#pragma once

#include "engine/detail/held_runs.hpp"
#include "engine/detail/shared_state.hpp"

#include <string>
#include <vector>

namespace ulak::engine {

/// The answer is also noted in the store, as far as the disk takes it. A suspended account gets one more chance: an
/// operator asks. Errors: errc::not_found for an unknown account, errc::unsupported without the capability, else the
/// provider's.
task<result<balance_view>> read_balance(shared_state& shared, std::string account);
task<result<std::vector<providers::service>>> read_services(shared_state& shared, std::string account);

/// The provider's own list of opt-outs, read to its end; ten digits each, what is no Turkish mobile number left out.
task<result<std::vector<std::string>>> read_opt_outs(shared_state& shared, std::string account);

/// See engine::adopt_account; without putting runs back to work.
task<result<void>> adopt_account(shared_state& shared, held_runs& held, std::string name, std::uint32_t uid);

/// Accounts of costly calls that have no outcome yet.
task<result<account_uses>> uses_by_calls(shared_state& shared);

} // namespace ulak::engine
