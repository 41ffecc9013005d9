// The control sockets' answers: HTTP/1.1 and JSON on the engine, the store and the events.
#pragma once

#include "engine/engine.hpp"
#include "events/bus.hpp"
#include "http/server.hpp"
#include "ledger/ledger.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::control {

/// What the daemon knows of itself.
struct daemon_info {
    std::string metrics_address{}; ///< "127.0.0.1:9464"; empty: no listener
    bool last_reload_ok = true;    ///< the last one had no rejected file
    std::optional<wall_point> reloaded_at{};
};

/// References outlive the control.
struct dependencies {
    executor ex;
    async::clock& time;
    engine::engine& engine;
    ledger::recorder& recorder;
    events::bus& event_bus;
    boost::json::object job_schema, config_schema;
    time_zone zone; ///< in which days are counted
    std::string version;
    uid_t own_uid; ///< root and this one are admin
    std::function<std::uint64_t()> dropped_log_lines;
    /// Reads ulak.yaml and the jobs anew, or only says what would change. Empty: the jobs alone.
    std::function<task<result<std::vector<engine::file_change>>>(bool dry_run)> reload{};
    std::function<daemon_info()> info{};
};

/// The names that the daemon gives to its listeners; the handler tells them apart by incoming.from.listener.
inline constexpr char operate_listener[] = "operate";
inline constexpr char view_listener[] = "view";
inline constexpr char metrics_listener[] = "metrics";

class dispatcher;

class control {
  public:
    explicit control(dependencies d);
    ~control();

    /// For every listener of the daemon. Keeps no state per connection; the control outlives its server.
    http::handler handler();

  private:
    std::unique_ptr<dispatcher> dispatcher_;
};

} // namespace ulak::control
