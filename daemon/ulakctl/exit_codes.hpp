// The exit codes of ulakctl. They are part of the outer contract.
#pragma once

#include "core/error.hpp"

#include <boost/json/object.hpp>

namespace ulak::ctl {

enum exit_code {
    exit_ok = 0,
    exit_run_failed = 1,
    exit_usage = 2,
    exit_no_daemon = 3,
    exit_problems = 4,
    exit_policy = 5,
    exit_attention = 6,
    exit_wait_timeout = 7
};

/// Of a run that is final.
int run_exit_code(const boost::json::object& run);
/// Of a request that failed.
int error_exit_code(const error& e);

} // namespace ulak::ctl
