#include "ulakd/daemon.hpp"

#include "async/deadline.hpp"
#include "core/text.hpp"
#include "events/names.hpp"
#include "events/redact.hpp"
#include "http/pool.hpp"
#include "job/schema.hpp"
#include "kinds/kind.hpp"
#include "providers/registry.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace ulak::daemon {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

constexpr unsigned operators_mode = 0660;
constexpr unsigned everyones_mode = 0666; // the view socket shows nothing that is not masked

std::string provider_url(const providers::account_settings& account)
{
    if (!account.base_url.empty())
        return account.base_url;
    return providers::find_protocol(account.provider)->base_url;
}

/// "https://host/path?query" → {"https://host", "/path?query"}
std::pair<std::string, std::string> split_url(const std::string& url)
{
    const auto slash = url.find('/', url.find("://") + 3);
    if (slash == std::string::npos)
        return {url, "/"};
    return {url.substr(0, slash), url.substr(slash)};
}

error at_start(const std::string& what, const error& e)
{
    return error(e.code, what + ": " + e.message);
}

} // namespace

daemon_process::daemon_process(settings s)
    : settings_(std::move(s)),
      clock_(loop_.get_executor()),
      signals_(loop_.get_executor(), SIGTERM, SIGINT, SIGHUP)
{
    signals_.add(SIGUSR1);
    chores_ = std::make_unique<async::task_group>(loop_.get_executor());
}

daemon_process::~daemon_process() = default;

result<void> daemon_process::build()
{
    log_ = events::make_log(settings_.log.form, settings_.log.least, settings_.log.file);
    bus_ = events::bus::make(loop_.get_executor());
    bus_->add(*log_);
    names_ = http::make_resolver(loop_.get_executor(), clock_);
    auto store = ledger::open_sqlite(loop_.get_executor(), settings_.state_dir);
    if (!store)
        return store.error();
    store_ = std::move(*store);
    record_ = std::make_unique<ledger::recorder>(*store_, *bus_, clock_);
    if (auto accounts = build_accounts(); !accounts)
        return accounts;
    if (auto channels = build_channels(); !channels)
        return channels;
    if (auto machine = build_machine(); !machine)
        return machine;
    return open_doors();
}

result<std::unique_ptr<http::client>> daemon_process::client_for(const std::string& url, const std::string& ca_file,
                                                                 int connections, bool private_addresses)
{
    auto where = http::origin::parse(url);
    if (!where)
        return where.error();
    http::client_settings way(std::move(*where));
    way.ca_file = ca_file;
    way.connections = static_cast<std::size_t>(connections);
    way.private_addresses = private_addresses;
    return http::make_client(loop_.get_executor(), clock_, names_, std::move(way));
}

result<void> daemon_process::build_accounts()
{
    accounts_ = std::make_shared<providers::accounts>();
    for (const providers::account_settings& s : settings_.accounts) {
        // A provider's public name must not lead into the local network; an address that the user wrote may.
        auto way = client_for(provider_url(s), s.ca_file, s.connections, !s.base_url.empty());
        if (!way)
            return at_start("account " + s.name, way.error());
        auto made = providers::make_account(s, std::move(*way), loop_.get_executor(), clock_);
        if (!made)
            return at_start("account " + s.name, made.error());
        accounts_->emplace(s.name, std::move(*made));
    }
    return {};
}

result<void> daemon_process::build_channels()
{
    for (channel_settings& s : settings_.channels) {
        engine::channel made{s.name, engine::program{std::move(s.arguments)}};
        if (s.what == channel_settings::kind::sms)
            made.way = engine::sms_channel{s.account, s.sender, s.to};
        if (s.what == channel_settings::kind::webhook) {
            auto [site, target] = split_url(s.url);
            auto way = client_for(site, settings_.ca_file, 2, true);
            if (!way)
                return at_start("channel " + s.name, way.error());
            made.way = engine::webhook{std::move(target), std::shared_ptr<http::client>(std::move(*way)), std::move(s.sign)};
        }
        channels_.emplace(s.name, std::move(made));
    }
    return {};
}

result<void> daemon_process::build_machine()
{
    engine::parts p{loop_.get_executor(), clock_,           *record_,
                    accounts_,            std::move(channels_), settings_.jobs_dir,
                    settings_.config_dir, settings_.zone,   settings_.keep};
    machine_ = engine::make_engine(std::move(p));
    control::parts c{loop_.get_executor(),
                     clock_,
                     *machine_,
                     *record_,
                     *bus_,
                     job::job_schema(kinds::kind_tables()),
                     job::schema_of(*settings_table(), "ulak.yaml"),
                     settings_.zone,
                     ULAK_VERSION,
                     ::geteuid(),
                     [this] { return log_->dropped(); }};
    control_ = std::make_unique<control::control>(std::move(c));
    handler_ = control_->handler();
    server_ = http::make_server(loop_.get_executor(), clock_);
    return {};
}

/// A run that began during recovery would be taken for one that a crash had left.
http::handler daemon_process::once_started()
{
    return [this](const http::incoming& asked) { return answer(asked); };
}

task<http::reply> daemon_process::answer(const http::incoming& asked)
{
    if (!recovered_) {
        async::waiter early(loop_.get_executor());
        early_.push_back(early);
        auto cancelled = co_await early.wait();
        if (cancelled)
            co_return http::reply(503);
    }
    co_return co_await handler_(asked);
}

result<void> daemon_process::open_door(const char* name, const std::string& path, unsigned mode)
{
    http::server_limits limits;
    if (auto fd = manager_.take_listener(name))
        return server_->listen_fd(name, *fd, once_started(), limits);
    std::error_code ignored;
    fs::create_directories(fs::path(path).parent_path(), ignored); // listen_unix says what is wrong with it
    return server_->listen_unix(name, path, mode, once_started(), limits);
}

result<void> daemon_process::open_doors()
{
    if (auto door = open_door(control::operate_listener, settings_.socket, operators_mode); !door)
        return door;
    if (auto door = open_door(control::view_listener, settings_.view_socket, everyones_mode); !door)
        return door;
    if (settings_.metrics_address.empty())
        return {};
    auto port = server_->listen_tcp(control::metrics_listener, settings_.metrics_address, settings_.metrics_port,
                                    once_started(), http::server_limits());
    if (!port)
        return at_start("metrics", port.error());
    return {};
}

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

/// The deadline of the stop came before the last run had left. Its coroutine still points into this house, so nothing is taken
/// apart; what the store was given is on disk, and the next start goes on from there.
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
        bus_->publish(events::event(events::daemon_stopping, events::level::error,
                                    "cannot start: " + started.error().message));
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
    recovered_ = true;
    for (async::waiter& early : early_)
        early.wake();
    events::event hello(events::daemon_started, events::level::info, "ulakd " ULAK_VERSION " is ready");
    hello.data["version"] = ULAK_VERSION;
    hello.data["accounts"] = accounts_->size();
    hello.data["jobs"] = machine_->jobs().size();
    auto told = co_await record_->tell(std::move(hello));
    if (!told)
        co_return told;
    if (manager_.watchdog_interval())
        chores_->spawn("watchdog", watch());
    manager_.ready(std::to_string(machine_->jobs().size()) + " jobs, " + std::to_string(accounts_->size()) + " accounts");
    co_return result<void>();
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

task<> daemon_process::reload()
{
    manager_.reloading();
    yaml::problems found;
    load_settings(settings_.file, true, found); // says what is wrong with it; accounts change with a restart
    for (const yaml::problem& p : found) {
        events::event e(events::config_rejected, events::level::error, yaml::to_text(p));
        auto told = co_await record_->tell(std::move(e));
        if (!told)
            bus_->publish(events::event(events::config_rejected, events::level::error, told.error().message));
    }
    auto changes = co_await machine_->reload(false);
    if (!changes)
        bus_->publish(events::event(events::config_rejected, events::level::error, changes.error().message));
    manager_.ready(std::to_string(machine_->jobs().size()) + " jobs, " + std::to_string(accounts_->size()) + " accounts");
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
    manager_.stopping("finishing " + std::to_string(machine_->running()) + " runs");
    manager_.extend(stop_patience + std::chrono::seconds(10));
    events::event bye(events::daemon_stopping, events::level::info, "stopping; costly calls come to their outcome first");
    auto told = co_await record_->tell(std::move(bye));
    if (!told)
        bus_->publish(events::event(events::daemon_stopping, events::level::error, told.error().message));
    stop_by_ = clock_.now() + stop_patience;
    chores_->spawn("hurry", hurry());
    co_await machine_->stop(stop_by_);
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
