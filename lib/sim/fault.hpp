// Misbehaviour on order: which call, what goes wrong, how often.
#pragma once

#include "core/error.hpp"
#include "sim/options.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// One line of what can go wrong, for the help text and for refusing a slip.
struct fault_kind {
    std::string_view name;
    std::string_view help;
};

/// Every word that `fault::what` may be, beside the HTTP statuses 300 … 599 and those with "-after".
const std::vector<fault_kind>& fault_kinds();

struct fault {
    fault() = default;

    std::string protocol = "*";  ///< a protocol's name or "*"
    std::string operation = "*"; ///< an operation's name or "*"
    std::string kind{};
    std::string parameter{};
    std::uint64_t times = std::numeric_limits<std::uint64_t>::max(); ///< how often it strikes
    std::uint64_t after = 0;                                         ///< how many chances it lets pass first
};

/// "PROTOCOL.OPERATION=WHAT[:PARAMETER][*TIMES][@AFTER]". Errors: errc::invalid_argument with the nearest word.
result<fault> parse_fault(std::string_view text);
/// {"protocol","operation","what","parameter","times","after"}; all but `what` may be absent.
result<fault> fault_from_json(const boost::json::value& v);
/// One object, an array of them, or {"faults": [...]}; texts in the form of `parse_fault` are taken too.
result<std::vector<fault>> faults_from_json(const boost::json::value& v);

/// The faults in force. Asking is what counts: a fault's `after` and `times` go by the requests in which it had a
/// chance.
class fault_injector {
  public:
    void add(fault f) { faults_.push_back(std::move(f)); }
    void clear() { faults_.clear(); }
    bool empty() const noexcept { return faults_.empty(); }
    const std::vector<fault>& active() const noexcept { return faults_; } ///< with what is left of `times` and `after`

    /// The parameter, if a fault of this kind strikes this call now. Uses up one of its times.
    std::optional<std::string> trigger(protocol_id p, std::string_view operation, std::string_view what);
    /// The kind and the parameter of the first HTTP status fault (with or without "-after") that strikes.
    std::optional<std::pair<std::string, std::string>> trigger_status(protocol_id p, std::string_view operation);

  private:
    bool use(fault& f, protocol_id p, std::string_view operation);
    std::vector<fault> faults_;
};

} // namespace ulak::sim
