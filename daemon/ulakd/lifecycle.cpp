#include "ulakd/lifecycle.hpp"

#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"

#include <boost/asio/as_tuple.hpp>

#include <csignal>
#include <exception>
#include <string>
#include <utility>

namespace ulak::daemon {

namespace asio = boost::asio;

task<int> lifecycle::run()
{
    int exit_code = 0;
    const auto started = co_await start();
    if (!started) {
        deps_.bus.publish(
            events::event(events::daemon_stopping, events::level::error, "cannot start: " + started.error().message));
        exit_code = 1;
    } else {
        bool more = true;
        while (more)
            more = co_await serve_one_signal();
    }
    co_await stop();
    co_return exit_code;
}

task<result<void>> lifecycle::start()
{
    // Recovery: what a crash left is settled before any request is answered.
    auto recovered = co_await deps_.engine.start();
    if (!recovered)
        co_return recovered;
    ULAK_FAILPOINT("daemon/recovered");
    deps_.barrier.lift();
    // The start is recorded: a store that takes no event is no store to work with.
    auto hello = started_event();
    auto recorded = co_await deps_.recorder.publish(std::move(hello));
    if (!recorded)
        co_return recorded;
    // From here on the service manager watches.
    if (deps_.manager.watchdog_interval())
        deps_.tasks.spawn("watchdog", feed_watchdog());
    ULAK_FAILPOINT("daemon/ready");
    deps_.manager.ready(deps_.status());
    co_return result<void>();
}

events::event lifecycle::started_event() const
{
    events::event e(events::daemon_started, events::level::info, "ulakd " ULAK_VERSION " is ready");
    e.data["version"] = ULAK_VERSION;
    if (!deps_.metrics_address.empty())
        e.data["metrics"] = deps_.metrics_address;
    e.data["accounts"] = deps_.reload.accounts().size();
    e.data["jobs"] = deps_.engine.jobs().size();
    return e;
}

task<bool> lifecycle::serve_one_signal()
{
    auto token = asio::as_tuple(use_task); // named: no temporary may stand in the await
    auto [problem, number] = co_await deps_.signals.async_wait(token);
    if (problem)
        co_return false;
    if (number == SIGHUP)
        co_await reload();
    if (number == SIGUSR1)
        deps_.log.reopen();
    co_return number == SIGHUP || number == SIGUSR1;
}

// A file that surprises us must not end what runs: nothing of it is in force before all of it was read.
task<result<std::vector<engine::file_change>>> lifecycle::reload_files()
{
    std::string surprise;
    try {
        co_return co_await deps_.reload.reload(false);
    } catch (const std::exception& e) {
        surprise = e.what();
    }
    co_return error(errc::unavailable, "the files could not be read anew: " + surprise);
}

task<> lifecycle::reload()
{
    deps_.manager.reloading();
    const auto done = co_await reload_files();
    if (!done)
        deps_.bus.publish(events::event(events::config_rejected, events::level::error, done.error().message));
    deps_.manager.ready(deps_.status());
}

// Runs on the loop itself: a loop that is stuck says nothing and is restarted.
task<> lifecycle::feed_watchdog()
{
    for (;;) {
        deps_.manager.notify_watchdog();
        if (co_await deps_.clock.sleep_for(*deps_.manager.watchdog_interval()))
            co_return;
    }
}

task<> lifecycle::stop()
{
    ULAK_FAILPOINT("daemon/stop");
    // Announce it.
    deps_.manager.stopping("finishing " + counted(deps_.engine.running(), "run"));
    deps_.manager.extend_timeout(announced_stop_time);
    deps_.end_process_after(stop_limit);
    events::event bye(events::daemon_stopping, events::level::info,
                      "stopping; costly calls come to their outcome first");
    const auto recorded = co_await deps_.recorder.publish(std::move(bye));
    if (!recorded)
        deps_.bus.publish(events::event(events::daemon_stopping, events::level::error, recorded.error().message));
    // Step one and two of the engine: nothing new starts, costly calls come to their outcome.
    const auto deadline = deps_.clock.now() + stop_timeout;
    deps_.tasks.spawn("second signal", stop_on_second_signal());
    co_await deps_.engine.stop(deadline);
    ULAK_FAILPOINT("daemon/stopped");
    // Then those who listen, and what runs beside.
    deps_.bus.close();
    co_await deps_.server.stop(deps_.clock.now() + forced_stop_timeout);
    deps_.tasks.cancel();
    co_await deps_.tasks.join();
}

task<> lifecycle::stop_on_second_signal()
{
    auto token = asio::as_tuple(use_task); // named: no temporary may stand in the await
    for (;;) {
        auto [problem, number] = co_await deps_.signals.async_wait(token);
        if (problem)
            co_return;
        if (number == SIGTERM || number == SIGINT)
            break;
    }
    deps_.end_process_after(forced_stop_limit);
    co_await deps_.engine.stop(deps_.clock.now() + forced_stop_timeout);
}

} // namespace ulak::daemon
