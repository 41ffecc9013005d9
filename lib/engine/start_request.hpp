// A request for a new run, and its answer.
#pragma once

#include "core/ids.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace ulak::engine {

/// Under this name the runs of POST /v1/otp are listed, budgeted, paused and resumed; they have no job file.
inline constexpr char otp_by_hand[] = "otp-by-hand";

/// `error::provider_code` of a start that is refused because its plan does not hold, or because nobody approved it.
inline constexpr char plan_changed[] = "plan_changed";
inline constexpr char not_approved[] = "not_approved";

struct start_request {
    start_request() = default;
    std::string job{};
    boost::json::object params{};
    std::string trigger = "manual";
    std::string idempotency_key{}; ///< empty: none
    std::string only{};            ///< "failed", "rejected" or "unsent": goes on with these recipients of `of` alone
    std::string of{};              ///< the run that this one goes on with
    std::string plan{};            ///< the digest that a plan told: the run begins only if it would do the same
    std::string by{};              ///< who asks: "uid:1000"; empty: nobody in particular
    std::string definition{};      ///< the text of a job without a file; `job` is then what its runs are listed under
};

struct start_result {
    run_id id;
    bool existed = false; ///< the key was used before: this is that run
};

} // namespace ulak::engine
