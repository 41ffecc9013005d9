// The daemon's life: start, signals, reload, the stop in two steps.
#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"
#include "ulakd/daemon.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <csignal>
#include <cstdlib>
#include <utility>

namespace ulak::daemon {

namespace asio = boost::asio;

int daemon_process::run()
{
    std::exception_ptr broken;
    asio::co_spawn(loop_, serve(), [&](std::exception_ptr e) {
        broken = e;
        loop_.stop();
    });
    loop_.run();
    if (broken)
        std::rethrow_exception(broken);
    if (engine_->running() > 0)
        exit_immediately();
    return exit_code_;
}

/// The deadline of the stop came before the last run had left. Its coroutine still points into this house, so nothing
/// is taken apart; what the store was given is on disk, and the next start goes on from there.
void daemon_process::exit_immediately()
{
    store_.reset();
    std::_Exit(exit_code_);
}

task<> daemon_process::serve()
{
    co_await asio::this_coro::throw_if_cancelled(false);
    auto started = co_await start();
    if (!started) {
        bus_->publish(
            events::event(events::daemon_stopping, events::level::error, "cannot start: " + started.error().message));
        exit_code_ = 1;
    } else {
        bool more = true;
        while (more)
            more = co_await serve_one_signal();
    }
    co_await stop();
}

task<result<void>> daemon_process::start()
{
    auto started = co_await engine_->start();
    if (!started)
        co_return started;
    ULAK_FAILPOINT("daemon/recovered");
    recovered_ = true;
    for (async::waiter& early : early_requests_)
        early.wake();
    events::event hello(events::daemon_started, events::level::info, "ulakd " ULAK_VERSION " is ready");
    hello.data["version"] = ULAK_VERSION;
    if (!facts_.metrics_address.empty())
        hello.data["metrics"] = facts_.metrics_address;
    hello.data["accounts"] = accounts_->size();
    hello.data["jobs"] = engine_->jobs().size();
    auto told = co_await recorder_->publish(std::move(hello));
    if (!told)
        co_return told;
    if (service_manager_.watchdog_interval())
        background_tasks_->spawn("watchdog", feed_watchdog());
    ULAK_FAILPOINT("daemon/ready");
    service_manager_.ready(summary());
    co_return result<void>();
}

std::string daemon_process::summary() const
{
    if (!store_health_.healthy())
        return store_health_.held.empty() ? store_health_.blocked : store_health_.held;
    return counted(engine_->jobs().size(), "job") + ", " + counted(accounts_->size(), "account");
}

task<bool> daemon_process::serve_one_signal()
{
    auto token = asio::as_tuple(use_task);
    auto [problem, number] = co_await signals_.async_wait(token);
    if (problem)
        co_return false;
    if (number == SIGHUP)
        co_await reload();
    if (number == SIGUSR1)
        log_->reopen();
    co_return number == SIGHUP || number == SIGUSR1;
}

/// A disk that refuses takes no event either: the log and those who follow the feed learn of it all the same.
task<> daemon_process::publish(events::event e)
{
    const auto copy = e;
    auto told = co_await recorder_->publish(std::move(e));
    if (!told)
        bus_->publish(copy);
}

void daemon_process::store_changed(const ledger::store_health& now)
{
    const auto before = std::exchange(store_health_, now);
    if (!now.held.empty() && before.held.empty())
        background_tasks_->spawn("held", publish(events::event(events::store_held, events::level::error, now.held)));
    if (!now.blocked.empty() && before.blocked.empty())
        background_tasks_->spawn("blocked", publish(events::event(events::store_blocked, events::level::error,
                                                     "nothing costly is sent: " + now.blocked)));
    if (now.blocked.empty() && !before.blocked.empty())
        background_tasks_->spawn("resumed", publish(events::event(events::store_resumed, events::level::notice,
                                                     "the disk takes what is written again; work goes on")));
    if (recovered_)
        service_manager_.status(summary());
}

task<> daemon_process::feed_watchdog()
{
    // Sent from the loop itself: a loop that is stuck says nothing and is restarted.
    for (;;) {
        service_manager_.notify_watchdog();
        if (co_await clock_.sleep_for(*service_manager_.watchdog_interval()))
            co_return;
    }
}

task<> daemon_process::stop()
{
    ULAK_FAILPOINT("daemon/stop");
    service_manager_.stopping("finishing " + counted(engine_->running(), "run"));
    service_manager_.extend_timeout(stop_timeout + std::chrono::seconds(10));
    events::event bye(events::daemon_stopping, events::level::info,
                      "stopping; costly calls come to their outcome first");
    auto told = co_await recorder_->publish(std::move(bye));
    if (!told)
        bus_->publish(events::event(events::daemon_stopping, events::level::error, told.error().message));
    stop_deadline_ = clock_.now() + stop_timeout;
    background_tasks_->spawn("hurry", stop_on_second_signal());
    co_await engine_->stop(stop_deadline_);
    ULAK_FAILPOINT("daemon/stopped");
    bus_->close();
    co_await server_->stop(clock_.now() + forced_stop_timeout);
    background_tasks_->cancel();
    co_await background_tasks_->join();
}

task<> daemon_process::stop_on_second_signal()
{
    auto token = asio::as_tuple(use_task);
    for (;;) {
        auto [problem, number] = co_await signals_.async_wait(token);
        if (problem)
            co_return;
        if (number == SIGTERM || number == SIGINT)
            break;
    }
    co_await engine_->stop(clock_.now() + forced_stop_timeout);
}

} // namespace ulak::daemon
