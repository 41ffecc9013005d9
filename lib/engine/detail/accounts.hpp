// Reading accounts on behalf of a person.
#pragma once

#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

/// errc::not_found for an unknown account, errc::unsupported without the capability, else what the provider's answer
/// was.
task<result<balance_view>> read_balance(shared_state& c, std::string account);
task<result<std::vector<providers::service>>> read_services(shared_state& c, std::string account);

} // namespace ulak::engine
