// Jobs, firings and balances as the outside sees them.
#pragma once

#include "core/money.hpp"
#include "core/wall_time.hpp"
#include "job/document.hpp"
#include "ledger/records.hpp"
#include "yaml/problem.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::engine {

struct job_view {
    std::string name{}, kind{}, path{}, description{};
    bool enabled = false, paused = false, broken = false;
    std::optional<wall_point> next{}; ///< nullopt while it is paused, too
    std::string next_local{};         ///< `next` in the schedule's zone: "2026-11-23T09:00:00+03:00"
    std::string schedule{};           ///< empty: on demand
    std::optional<std::string> last_run{};
    std::size_t running = 0;
    std::vector<job::parameter> parameters{};
    yaml::problems problems{};
};

struct firing_view {
    std::string job{};
    wall_point at{};
    std::string reason{}; ///< "cron 0 9 * * mon-fri", "moved to the end of the daylight saving gap", "paused" …
    std::string local{};  ///< `at` in the schedule's zone: "2026-11-23T09:00:00+03:00"
};

/// A run that is under way and `paused`.
struct waiting_run_view {
    std::string id{}, job{};
    ledger::run_wait waits{};
};

struct balance_view {
    std::string account{};
    money balance{};
    wall_point at{};
};

/// Whether the machine's clock is trusted.
struct clock_view {
    std::string doubt{};       ///< why not, for a person; empty: it is
    bool synchronised = false; ///< the kernel says that NTP keeps it right
};

} // namespace ulak::engine
