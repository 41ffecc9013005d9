// A request for a new run, and its answer.
#pragma once

#include "core/ids.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace ulak::engine {

/// Under this name the runs of POST /v1/otp are listed, budgeted, paused and resumed; they have no job file.
inline constexpr char otp_by_hand[] = "otp-by-hand";

struct start_request {
    start_request() = default;
    std::string job{};
    boost::json::object params{};
    std::string trigger = "manual";
    std::string idempotency_key{}; ///< empty: none
    std::string only{};            ///< "failed", "rejected" or "unsent": goes on with these recipients of `of` alone
    std::string of{};              ///< the run that this one goes on with
    std::string definition{};      ///< the text of a job without a file; `job` is then what its runs are listed under
};

struct start_result {
    run_id id;
    bool existed = false; ///< the key was used before: this is that run
};

} // namespace ulak::engine
