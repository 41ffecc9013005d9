// The daemon's life once it is built: start, signals, and the stop in two steps.
#pragma once

#include "async/system_clock.hpp"
#include "async/task_group.hpp"
#include "engine/engine.hpp"
#include "events/bus.hpp"
#include "events/log_sink.hpp"
#include "http/server.hpp"
#include "ledger/recorder.hpp"
#include "ulakd/recovery_barrier.hpp"
#include "ulakd/reloader.hpp"
#include "ulakd/service_manager.hpp"

#include <boost/asio/basic_signal_set.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace ulak::daemon {

/// After the first SIGTERM costly calls may take this long to come to their outcome: the longest answer that a
/// provider's own sample waits for is 90 s. The unit's TimeoutStopSec= is above it.
inline constexpr std::chrono::seconds stop_timeout{110};
/// What a second SIGTERM leaves.
inline constexpr std::chrono::seconds forced_stop_timeout{1};
/// What the service manager is told; less than the unit's TimeoutStopSec=.
inline constexpr std::chrono::seconds announced_stop_time = stop_timeout + std::chrono::seconds(10);
/// By then the process is gone, even if something cannot be waited for or cut off: a disk that hangs, a thread.
inline constexpr std::chrono::seconds stop_limit = announced_stop_time - std::chrono::seconds(2);
inline constexpr std::chrono::seconds forced_stop_limit = forced_stop_timeout + std::chrono::seconds(5);

using signal_set = boost::asio::basic_signal_set<executor>;

/// | signal          | effect                                             |
/// | SIGHUP          | reloads ulak.yaml and the jobs                     |
/// | SIGUSR1         | opens the log file anew                            |
/// | SIGTERM, SIGINT | stops; a second one leaves a second for the rest   |
class lifecycle {
  public:
    /// References outlive the lifecycle.
    struct dependencies {
        service_manager& manager;
        async::clock& clock;
        signal_set& signals;
        events::log_sink& log;
        events::bus& bus;
        ledger::recorder& recorder;
        engine::engine& engine;
        http::server& server;
        async::task_group& tasks;
        recovery_barrier& barrier;
        reloader& reload;
        std::function<std::string()> status; ///< one line for `systemctl status`
        std::string metrics_address;         ///< empty: no listener
        /// Called with each limit of a stop: see stop_limit.hpp.
        std::function<void(std::chrono::seconds)> end_process_after{[](std::chrono::seconds) {}};
    };

    explicit lifecycle(dependencies deps) : deps_(std::move(deps)) {}

    /// Returns the exit code when everything has stopped, or when the time for that is over (see engine::stop).
    task<int> run();

  private:
    task<result<void>> start();
    task<bool> serve_one_signal(); ///< false: stop
    task<> reload();
    task<result<std::vector<engine::file_change>>> reload_files();
    task<> feed_watchdog();
    task<> stop();
    task<> stop_on_second_signal();
    events::event started_event() const;

    dependencies deps_;
};

} // namespace ulak::daemon
