// The faults in force, and which of them strikes a call.
#pragma once

#include "sim/fault.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::sim {

/// Asking is what counts: `after` and `times` of a fault go by the requests in which it had a chance.
class fault_injector {
  public:
    void add(fault f) { faults_.push_back(std::move(f)); }
    void clear() { faults_.clear(); }
    bool empty() const noexcept { return faults_.empty(); }
    const std::vector<fault>& active() const noexcept { return faults_; } ///< with what is left of `times` and `after`

    /// The parameter, if a fault of this kind strikes this call now. Uses up one of its times. Of several faults the
    /// oldest that strikes is taken.
    std::optional<std::string> trigger(std::string_view protocol, std::string_view operation, std::string_view kind);
    /// The kind and the parameter of the first HTTP status fault (with or without "-after") that strikes.
    std::optional<std::pair<std::string, std::string>> trigger_status(std::string_view protocol,
                                                                      std::string_view operation);

  private:
    std::vector<fault> faults_{};
};

} // namespace ulak::sim
