// A fault to inject: which call it strikes, what goes wrong, how often.
#pragma once

#include "core/error.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

struct fault {
    static constexpr auto for_ever = std::numeric_limits<std::uint64_t>::max();

    fault() = default;

    std::string protocol = "*";  ///< a protocol's name or "*"
    std::string operation = "*"; ///< an operation's name or "*"
    std::string kind{};
    std::string parameter{};
    std::uint64_t times = for_ever; ///< how often it strikes
    std::uint64_t after = 0;        ///< how many chances it lets pass first
};

/// "PROTOCOL.OPERATION=WHAT[:PARAMETER][*TIMES][@AFTER]". Errors: errc::invalid_argument with the nearest word.
result<fault> parse_fault(std::string_view text);
/// {"protocol","operation","what","parameter","times","after"}; all but `what` may be absent.
result<fault> fault_from_json(const boost::json::value& v);
/// One object, an array of them, or {"faults": [...]}; texts in the form of `parse_fault` are taken too.
result<std::vector<fault>> faults_from_json(const boost::json::value& v);

} // namespace ulak::sim
