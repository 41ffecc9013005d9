// Keeps a run from ordering beside another order for the same link.
#pragma once

#include "kinds/smm_order/shared_run.hpp"

#include <optional>
#include <string>

namespace ulak::kinds::smm {

class link_guard {
  public:
    explicit link_guard(shared_run& run) : run_(run) {}

    /// Why nothing may be ordered for this link now: another run has ordered for it or does so first, an order is in
    /// attention, or the panel goes on with the order of a cancelled run. nullopt: it may, or the job allows it anyway.
    /// Errors: the store's.
    task<result<std::optional<std::string>>> conflict(const std::string& link);

    /// Waits until there is no conflict, if the job says `queue`. nullopt: go on. Else how the run ends.
    task<std::optional<ending>> wait(const std::string& link);

  private:
    task<result<std::optional<std::string>>> conflicting_run(const std::string& link);
    task<result<std::optional<std::string>>> link_in_attention(const std::string& link);

    shared_run& run_;
};

} // namespace ulak::kinds::smm
