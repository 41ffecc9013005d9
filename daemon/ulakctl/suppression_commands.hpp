// The opt-out list: numbers that get no message.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// `suppress add|rm|list|import`, the first of the names. Adds in requests of at most 10,000 numbers; where one fails,
/// says how many are on the list already.
int change_suppressions(cli_context& s, const arguments& a);

} // namespace ulak::ctl
