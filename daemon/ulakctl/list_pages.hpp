// Lists of the daemon, which come in pages.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <string_view>

namespace ulak::ctl {

/// Every row under `name`, read page by page as the daemon's `next` says. `target` may have a query.
result<boost::json::array> all_rows(cli_context& s, const std::string& target, std::string_view name);

} // namespace ulak::ctl
