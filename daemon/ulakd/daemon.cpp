#include "ulakd/daemon.hpp"

#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "job/json_schema.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"
#include "ulakd/listeners.hpp"
#include "ulakd/settings_table.hpp"
#include "ulakd/stop_limit.hpp"
#include "ulakd/store_events.hpp"
#include "ulakd/store_place.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <csignal>
#include <cstdlib>
#include <unistd.h>
#include <utility>

namespace ulak::daemon {

daemon_process::daemon_process(settings s)
    : settings_(std::move(s)),
      clock_(loop_.get_executor()),
      signals_(loop_.get_executor(), SIGTERM, SIGINT, SIGHUP),
      barrier_(loop_.get_executor()),
      tasks_(std::make_unique<async::task_group>(loop_.get_executor()))
{
    signals_.add(SIGUSR1);
}

daemon_process::~daemon_process() = default;

result<void> daemon_process::build()
{
    // Layer 1, events: the log first, so that everything after it can report.
    build_events();
    // Layer 2, http and ledger: name lookups, then the store and what records events in it.
    resolver_ = http::make_resolver(loop_.get_executor(), clock_);
    ULAK_FAILPOINT("daemon/open");
    if (auto opened = build_store(); !opened)
        return opened;
    // Layer 3, providers: one account per entry of ulak.yaml.
    auto accounts = build_accounts();
    if (!accounts)
        return accounts.error();
    // Layers 4 and 5, kinds and engine; nothing runs before recovery.
    if (auto built = build_engine(*accounts); !built)
        return built;
    // Layer 6, control: the routes, then the sockets, whose requests wait behind the barrier until recovery is done.
    build_control();
    ULAK_FAILPOINT("daemon/doors");
    if (auto listening = build_server(); !listening)
        return listening;
    // The daemon itself: reloads, which own the settings from here on, then start, signals and stop.
    build_reloader(std::move(*accounts));
    build_lifecycle();
    return {};
}

void daemon_process::build_events()
{
    log_ = events::make_log_sink(settings_.log.format, settings_.log.min_level, settings_.log.file);
    bus_ = std::make_unique<events::bus>(loop_.get_executor());
    bus_->add(*log_);
}

result<void> daemon_process::build_store()
{
    auto store = ledger::open_sqlite(
        loop_.get_executor(), settings_.state_dir, [this](const ledger::store_health& now) { store_changed(now); },
        store_opening_of(settings_));
    if (!store)
        return store.error();
    store_ = std::move(*store);
    recorder_ = std::make_unique<ledger::recorder>(*store_, *bus_, clock_);
    outside_events_ = std::make_unique<event_recorder>(*recorder_, *bus_, *tasks_);
    if (store_->health().first)
        outside_events_->publish(store_created_event(settings_.state_dir));
    return {};
}

result<std::shared_ptr<providers::accounts>> daemon_process::build_accounts()
{
    clients_ = std::make_unique<client_builder>(loop_.get_executor(), clock_, resolver_, *outside_events_);
    return clients_->accounts(settings_, {}, {});
}

result<void> daemon_process::build_engine(std::shared_ptr<providers::accounts> accounts)
{
    auto channels = clients_->channels(settings_);
    if (!channels)
        return channels.error();
    engine::dependencies deps{loop_.get_executor(), clock_,
                              *recorder_,           std::move(accounts),
                              std::move(*channels), settings_.jobs_dir,
                              settings_.config_dir, settings_.zone,
                              settings_.retention};
    deps.schedules_enabled = !settings_.simulated;
    deps.otp = settings_.otp;
    engine_ = std::make_unique<engine::engine>(std::move(deps));
    return {};
}

void daemon_process::build_reloader(std::shared_ptr<providers::accounts> accounts)
{
    reloader::dependencies deps{loop_.get_executor(), clock_, *clients_, *engine_,
                                *recorder_,           *bus_,  *log_,     *outside_events_};
    reloader_ = std::make_unique<reloader>(deps, std::move(settings_), std::move(accounts));
}

void daemon_process::build_control()
{
    control::dependencies deps{loop_.get_executor(),
                               clock_,
                               *engine_,
                               *recorder_,
                               *bus_,
                               job::job_schema(kinds::kind_tables()),
                               job::json_schema_of(*settings_table(), "ulak.yaml"),
                               settings_.zone,
                               ULAK_VERSION,
                               ::geteuid(),
                               [this] { return log_->dropped(); },
                               [this](bool dry_run) { return reloader_->reload(dry_run); },
                               [this] { return info(); }};
    control_ = std::make_unique<control::control>(std::move(deps));
}

result<void> daemon_process::build_server()
{
    server_ = http::make_server(loop_.get_executor(), clock_);
    auto metrics = open_listeners(*server_, service_manager_, settings_, barrier_.guard(control_->handler()));
    if (!metrics)
        return metrics.error();
    metrics_address_ = std::move(*metrics);
    return {};
}

void daemon_process::build_lifecycle()
{
    lifecycle::dependencies deps{
        service_manager_, clock_,           signals_, *log_,    *bus_,      *recorder_,
        *engine_,         *server_,         *tasks_,  barrier_, *reloader_, [this] { return status(); },
        metrics_address_, end_process_after};
    lifecycle_ = std::make_unique<lifecycle>(std::move(deps));
}

control::daemon_info daemon_process::info() const
{
    control::daemon_info info;
    info.metrics_address = metrics_address_;
    info.last_reload_ok = reloader_->last_reload_ok();
    info.reloaded_at = reloader_->reloaded_at();
    return info;
}

std::string daemon_process::status() const
{
    if (!store_health_.healthy())
        return store_health_.held.empty() ? store_health_.blocked : store_health_.held;
    return counted(engine_->jobs().size(), "job") + ", " + counted(reloader_->accounts().size(), "account");
}

void daemon_process::store_changed(const ledger::store_health& now)
{
    const auto before = std::exchange(store_health_, now);
    for (const events::event& e : store_events(before, now))
        outside_events_->publish(e);
    if (barrier_.lifted())
        service_manager_.status(status());
}

int daemon_process::run()
{
    int exit_code = 0;
    std::exception_ptr broken;
    // The root of all coroutines: cancellation is a value below it, and what it throws ends the process.
    auto root = [](lifecycle& life, int& code) -> task<> {
        co_await boost::asio::this_coro::throw_if_cancelled(false);
        code = co_await life.run();
    };
    boost::asio::co_spawn(loop_, root(*lifecycle_, exit_code), [&](std::exception_ptr e) {
        broken = e;
        loop_.stop();
    });
    loop_.run();
    if (broken)
        std::rethrow_exception(broken);
    if (!engine_->idle())
        exit_immediately(exit_code);
    return exit_code;
}

// The stop's deadline came before the last run or notice had left. Its coroutine still points into this object, so
// nothing is destroyed; what the store was given is on disk, and the next start goes on from there.
void daemon_process::exit_immediately(int exit_code)
{
    store_.reset();
    std::_Exit(exit_code);
}

} // namespace ulak::daemon
