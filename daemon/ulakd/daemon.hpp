// The composition root: everything is built here, in floor order, and stopped in two steps.
#pragma once

#include "async/semaphore.hpp"
#include "async/system_clock.hpp"
#include "async/task_group.hpp"
#include "async/waiter.hpp"
#include "control/control.hpp"
#include "http/resolver.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ulakd/account_event_recorder.hpp"
#include "ulakd/service_manager.hpp"
#include "ulakd/settings.hpp"

#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <set>

namespace ulak::daemon {

/// After the first SIGTERM costly calls may take this long to come to their outcome: the longest answer that a
/// provider's own sample waits for is 90 s. The unit's TimeoutStopSec= is above it.
inline constexpr std::chrono::seconds stop_timeout{110};
/// What a second SIGTERM leaves.
inline constexpr std::chrono::seconds forced_stop_timeout{1};

class daemon_process {
  public:
    explicit daemon_process(settings s);
    ~daemon_process();

    /// Builds the house and opens the doors. An error is what the start failed for, with the remedy.
    result<void> build();
    /// Runs until it is told to stop. The exit code.
    int run();

  private:
    using changes = std::vector<engine::file_change>;

    /// Accounts named in `kept` are those of now.
    result<std::shared_ptr<providers::accounts>> build_accounts(const settings& s, const std::set<std::string>& kept);
    result<engine::channels> build_channels(const settings& s);
    result<void> build_engine();
    result<void> open_listeners();
    result<void> open_listener(const char* name, const std::string& path, unsigned mode);
    result<std::unique_ptr<http::client>> client_for(const std::string& url, const std::string& ca_file,
                                                     int connections, bool private_addresses);

    [[noreturn]] void exit_immediately();

    http::handler handler_after_recovery();
    task<http::reply> answer_after_recovery(const http::incoming_request& asked);

    task<> serve();
    task<result<void>> start();
    task<bool> serve_one_signal();
    task<> reload();
    task<result<changes>> reload_in_turn(bool dry_run); ///< one after the other
    task<result<changes>> reload_files(bool dry_run);
    task<std::optional<settings>> read_changed_settings(engine::file_change& own);
    task<result<changes>> apply_settings(settings& fresh, engine::file_change& own, bool dry_run);
    void reset_breakers();
    std::string summary() const;
    void store_changed(const ledger::store_health& now);
    task<> publish(events::event e);
    task<> feed_watchdog();
    task<> stop();
    task<> stop_on_second_signal();

    settings settings_;
    service_manager service_manager_;
    boost::asio::io_context loop_{1};
    async::system_clock clock_;
    boost::asio::basic_signal_set<executor> signals_;
    std::unique_ptr<events::log_sink> log_;
    std::unique_ptr<events::bus> bus_;
    std::shared_ptr<http::resolver> resolver_;
    std::unique_ptr<ledger::ledger> store_;
    std::unique_ptr<ledger::recorder> recorder_;
    std::unique_ptr<account_event_recorder> account_events_;
    std::shared_ptr<providers::accounts> accounts_;
    std::unique_ptr<engine::engine> engine_;
    std::unique_ptr<control::control> control_;
    http::handler handler_;
    ledger::store_health store_health_{}; ///< as it was told last
    bool recovered_ = false;
    async::wait_queue<> early_requests_; ///< requests that came before recovery was done
    std::unique_ptr<http::server> server_;
    std::unique_ptr<async::task_group> background_tasks_;
    async::semaphore reload_permit_;
    std::set<std::string> unchanged_accounts_;
    control::daemon_info facts_;
    async::steady_point stop_deadline_{};
    int exit_code_ = 0;
};

} // namespace ulak::daemon
