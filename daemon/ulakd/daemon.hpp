// The composition root: everything is built here, in layer order.
#pragma once

#include "async/system_clock.hpp"
#include "async/task_group.hpp"
#include "control/control.hpp"
#include "http/resolver.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "ulakd/client_builder.hpp"
#include "ulakd/event_recorder.hpp"
#include "ulakd/lifecycle.hpp"
#include "ulakd/recovery_barrier.hpp"
#include "ulakd/reloader.hpp"
#include "ulakd/service_manager.hpp"
#include "ulakd/settings.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>

namespace ulak::daemon {

class daemon_process {
  public:
    explicit daemon_process(settings s);
    ~daemon_process();

    /// Constructs all components and starts listening. An error is what the start failed for, with the remedy.
    result<void> build();
    /// Runs until it is told to stop. The exit code. Once, after build().
    int run();

  private:
    // The phases of build(), each on what the ones before have built.
    void build_events();
    result<void> build_store();
    result<std::shared_ptr<providers::accounts>> build_accounts();
    result<void> build_engine(std::shared_ptr<providers::accounts> accounts);
    void build_reloader(std::shared_ptr<providers::accounts> accounts);
    void build_control();
    result<void> build_server();
    void build_lifecycle();

    void store_changed(const ledger::store_health& now);
    std::string status() const;
    control::daemon_info info() const;
    [[noreturn]] void exit_immediately(int exit_code);

    // In the order of construction, so that what is built later is destroyed first.
    settings settings_; ///< as they were at the start; those in force are the reloader's
    service_manager service_manager_;
    boost::asio::io_context loop_{1};
    async::system_clock clock_;
    signal_set signals_;
    std::unique_ptr<events::log_sink> log_;
    std::unique_ptr<events::bus> bus_;
    std::shared_ptr<http::resolver> resolver_;
    std::unique_ptr<ledger::ledger> store_;
    ledger::store_health store_health_{}; ///< as it was reported last
    std::unique_ptr<ledger::recorder> recorder_;
    std::unique_ptr<event_recorder> outside_events_; ///< of the accounts and of the store
    std::unique_ptr<client_builder> clients_;
    std::unique_ptr<engine::engine> engine_;
    std::unique_ptr<reloader> reloader_;
    std::unique_ptr<control::control> control_;
    recovery_barrier barrier_;
    std::unique_ptr<http::server> server_;
    std::string metrics_address_;
    std::unique_ptr<async::task_group> tasks_; ///< what runs beside the engine
    std::unique_ptr<lifecycle> lifecycle_;
};

} // namespace ulak::daemon
