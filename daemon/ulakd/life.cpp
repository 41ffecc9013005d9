// The daemon's life: start, signals, reload, the stop in two steps.
#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "events/names.hpp"
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
    asio::co_spawn(loop_, live(), [&](std::exception_ptr e) {
        broken = e;
        loop_.stop();
    });
    loop_.run();
    if (broken)
        std::rethrow_exception(broken);
    if (machine_->running() > 0)
        leave_at_once();
    return exit_code_;
}

/// The deadline of the stop came before the last run had left. Its coroutine still points into this house, so nothing
/// is taken apart; what the store was given is on disk, and the next start goes on from there.
void daemon_process::leave_at_once()
{
    store_.reset();
    std::_Exit(exit_code_);
}

task<> daemon_process::live()
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
    auto started = co_await machine_->start();
    if (!started)
        co_return started;
    ULAK_FAILPOINT("daemon/recovered");
    recovered_ = true;
    for (async::waiter& early : early_)
        early.wake();
    events::event hello(events::daemon_started, events::level::info, "ulakd " ULAK_VERSION " is ready");
    hello.data["version"] = ULAK_VERSION;
    if (!facts_.metrics_address.empty())
        hello.data["metrics"] = facts_.metrics_address;
    hello.data["accounts"] = accounts_->size();
    hello.data["jobs"] = machine_->jobs().size();
    auto told = co_await record_->publish(std::move(hello));
    if (!told)
        co_return told;
    if (manager_.watchdog_interval())
        chores_->spawn("watchdog", watch());
    ULAK_FAILPOINT("daemon/ready");
    manager_.ready(summary());
    co_return result<void>();
}

std::string daemon_process::summary() const
{
    if (!stands_.healthy())
        return stands_.held.empty() ? stands_.blocked : stands_.held;
    return counted(machine_->jobs().size(), "job") + ", " + counted(accounts_->size(), "account");
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
task<> daemon_process::tell(events::event e)
{
    const auto copy = e;
    auto told = co_await record_->publish(std::move(e));
    if (!told)
        bus_->publish(copy);
}

void daemon_process::store_changed(const ledger::store_health& now)
{
    const auto before = std::exchange(stands_, now);
    if (!now.held.empty() && before.held.empty())
        chores_->spawn("held", tell(events::event(events::store_held, events::level::error, now.held)));
    if (!now.blocked.empty() && before.blocked.empty())
        chores_->spawn("blocked", tell(events::event(events::store_blocked, events::level::error,
                                                     "nothing costly is sent: " + now.blocked)));
    if (now.blocked.empty() && !before.blocked.empty())
        chores_->spawn("resumed", tell(events::event(events::store_resumed, events::level::notice,
                                                     "the disk takes what is written again; work goes on")));
    if (recovered_)
        manager_.status(summary());
}

task<> daemon_process::watch()
{
    // Sent from the loop itself: a loop that is stuck says nothing and is restarted.
    for (;;) {
        manager_.alive();
        if (co_await clock_.sleep_for(*manager_.watchdog_interval()))
            co_return;
    }
}

task<> daemon_process::stop()
{
    ULAK_FAILPOINT("daemon/stop");
    manager_.stopping("finishing " + counted(machine_->running(), "run"));
    manager_.extend(stop_patience + std::chrono::seconds(10));
    events::event bye(events::daemon_stopping, events::level::info,
                      "stopping; costly calls come to their outcome first");
    auto told = co_await record_->publish(std::move(bye));
    if (!told)
        bus_->publish(events::event(events::daemon_stopping, events::level::error, told.error().message));
    stop_by_ = clock_.now() + stop_patience;
    chores_->spawn("hurry", hurry());
    co_await machine_->stop(stop_by_);
    ULAK_FAILPOINT("daemon/stopped");
    bus_->close();
    co_await server_->stop(clock_.now() + hasty_patience);
    chores_->cancel();
    co_await chores_->join();
}

task<> daemon_process::hurry()
{
    auto token = asio::as_tuple(use_task);
    for (;;) {
        auto [problem, number] = co_await signals_.async_wait(token);
        if (problem)
            co_return;
        if (number == SIGTERM || number == SIGINT)
            break;
    }
    co_await machine_->stop(clock_.now() + hasty_patience);
}

} // namespace ulak::daemon
