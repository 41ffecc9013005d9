// What `ulakctl doctor` found.
#pragma once

#include "ulakctl/cli_context.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <vector>

namespace ulak::ctl {

/// One thing that was looked at, with the remedy where there is one.
struct check_result {
    enum class severity { ok, skipped, warning, failed };

    std::string check{}; ///< "clock", "secrets" …
    severity level = severity::ok;
    std::string detail{};
    std::string remedy{};
};

using check_results = std::vector<check_result>;

bool has_failures(const check_results& all);
void print_result(const cli_context& s, const check_result& r);
boost::json::array json_of(const check_results& all);

} // namespace ulak::ctl
