// Purchases that only an operator can settle.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

/// exit_attention where entries are open.
int show_attention(cli_context& s, const arguments& a);
int resolve_entry(cli_context& s, const arguments& a);

} // namespace ulak::ctl
