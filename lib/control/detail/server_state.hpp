// The state of the control sockets: what they are built from, when they began, and what they have counted.
#pragma once

#include "control/control.hpp"
#include "control/detail/counters.hpp"
#include "control/detail/view_rate.hpp"

namespace ulak::control {

struct server_state {
    explicit server_state(dependencies d) : deps(std::move(d)), started_at(deps.time.wall_now()) {}

    ledger::ledger& store() { return deps.recorder.store(); }

    dependencies deps;
    wall_point started_at;
    counters totals{};
    view_rate looking{};
};

} // namespace ulak::control
