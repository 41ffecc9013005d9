// Remembers who made which plan, so that another person can start it.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace ulak::engine {

/// Keeps the newest plans of each job in the store's settings.
class plan_approvals {
  public:
    explicit plan_approvals(shared_state& shared) : shared_(shared) {}

    /// `by` made a plan with this digest. Durable when it returns.
    task<result<void>> note(std::string job, std::string digest, std::string by);
    /// Whether anybody but `by` has made a plan with this digest.
    task<result<bool>> made_by_other(std::string job, std::string digest, std::string by);

  private:
    task<result<boost::json::object>> plans_of(std::string job);

    shared_state& shared_;
};

} // namespace ulak::engine
