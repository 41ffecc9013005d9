// The keys of the files: whole, as JSON Schema, or one explained.
#pragma once

#include "ulakctl/cli_context.hpp"

namespace ulak::ctl {

int show_schema(cli_context& s, const arguments& a);

} // namespace ulak::ctl
