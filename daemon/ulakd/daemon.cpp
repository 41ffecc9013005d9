#include "ulakd/daemon.hpp"

#include "core/failpoint.hpp"
#include "http/pool.hpp"
#include "job/json_schema.hpp"
#include "kinds/kind.hpp"
#include "providers/registry.hpp"

#include <csignal>
#include <filesystem>
#include <unistd.h>

namespace ulak::daemon {

namespace fs = std::filesystem;

namespace {

constexpr unsigned operators_mode = 0660;
constexpr unsigned view_mode = 0666; // the view socket shows nothing that is not masked

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

error with_context(const std::string& what, const error& e)
{
    return error(e.code, what + ": " + e.message);
}

} // namespace

daemon_process::daemon_process(settings s)
    : settings_(std::move(s)),
      clock_(loop_.get_executor()),
      signals_(loop_.get_executor(), SIGTERM, SIGINT, SIGHUP),
      reload_permit_(loop_.get_executor(), 1)
{
    signals_.add(SIGUSR1);
    background_tasks_ = std::make_unique<async::task_group>(loop_.get_executor());
}

daemon_process::~daemon_process() = default;

result<void> daemon_process::build()
{
    log_ = events::make_log_sink(settings_.log.format, settings_.log.min_level, settings_.log.file);
    bus_ = events::bus::make(loop_.get_executor());
    bus_->add(*log_);
    resolver_ = http::make_resolver(loop_.get_executor(), clock_);
    ULAK_FAILPOINT("daemon/open");
    auto store = ledger::open_sqlite(loop_.get_executor(), settings_.state_dir,
                                     [this](const ledger::store_health& now) { store_changed(now); });
    if (!store)
        return store.error();
    store_ = std::move(*store);
    recorder_ = std::make_unique<ledger::recorder>(*store_, *bus_, clock_);
    account_events_ = std::make_unique<account_event_recorder>(*recorder_, *bus_, *background_tasks_);
    auto accounts = build_accounts(settings_, {});
    if (!accounts)
        return accounts.error();
    accounts_ = std::move(*accounts);
    if (auto machine = build_engine(); !machine)
        return machine;
    ULAK_FAILPOINT("daemon/doors");
    return open_listeners();
}

result<std::unique_ptr<http::client>> daemon_process::client_for(const std::string& url, const std::string& ca_file,
                                                                 int connections, bool private_addresses)
{
    auto where = http::origin::parse(url);
    if (!where)
        return where.error();
    http::client_settings way(std::move(*where));
    way.ca_file = ca_file;
    way.max_connections = static_cast<std::size_t>(connections);
    way.allow_private_addresses = private_addresses;
    return http::make_client(loop_.get_executor(), clock_, resolver_, std::move(way));
}

result<std::shared_ptr<providers::accounts>> daemon_process::build_accounts(const settings& from,
                                                                            const std::set<std::string>& kept)
{
    auto all = std::make_shared<providers::accounts>();
    for (const providers::account_settings& s : from.accounts) {
        if (kept.contains(s.name)) {
            all->emplace(s.name, accounts_->at(s.name));
            continue;
        }
        // A provider's public name must not lead into the local network; an address that the user wrote may.
        auto way = client_for(provider_url(s), s.ca_file, s.connections, !s.base_url.empty());
        if (!way)
            return with_context("account " + s.name, way.error());
        auto made = providers::make_account(s, std::move(*way), loop_.get_executor(), clock_, account_events_.get());
        if (!made)
            return with_context("account " + s.name, made.error());
        all->emplace(s.name, std::move(*made));
    }
    return all;
}

result<engine::channels> daemon_process::build_channels(const settings& from)
{
    engine::channels all;
    for (const channel_settings& s : from.channels) {
        engine::channel made{s.name, engine::program{s.arguments}};
        if (s.kind == channel_settings::type::sms)
            made.destination = engine::sms_channel{s.account, s.sender, s.to};
        if (s.kind == channel_settings::type::webhook) {
            auto [site, target] = split_url(s.url);
            auto way = client_for(site, from.ca_file, 2, true);
            if (!way)
                return with_context("channel " + s.name, way.error());
            made.destination =
                engine::webhook{std::move(target), std::shared_ptr<http::client>(std::move(*way)), s.sign.duplicate()};
        }
        all.emplace(s.name, std::move(made));
    }
    return all;
}

result<void> daemon_process::build_engine()
{
    auto channels = build_channels(settings_);
    if (!channels)
        return channels.error();
    engine::dependencies p{
        loop_.get_executor(), clock_,         *recorder_,      accounts_, std::move(*channels), settings_.jobs_dir,
        settings_.config_dir, settings_.zone, settings_.retention};
    p.schedules_enabled = !settings_.simulated;
    engine_ = std::make_unique<engine::engine>(std::move(p));
    control::dependencies c{loop_.get_executor(),
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
                     [this](bool dry_run) { return reload_in_turn(dry_run); },
                     [this] { return facts_; }};
    control_ = std::make_unique<control::control>(std::move(c));
    handler_ = control_->handler();
    server_ = http::make_server(loop_.get_executor(), clock_);
    return {};
}

/// A run that began during recovery would be taken for one that a crash had left.
http::handler daemon_process::handler_after_recovery()
{
    return [this](const http::incoming_request& asked) { return answer_after_recovery(asked); };
}

task<http::reply> daemon_process::answer_after_recovery(const http::incoming_request& asked)
{
    if (!recovered_) {
        async::waiter early(loop_.get_executor());
        early_requests_.push_back(early);
        auto cancelled = co_await early.wait();
        if (cancelled)
            co_return http::reply(503);
    }
    co_return co_await handler_(asked);
}

result<void> daemon_process::open_listener(const char* name, const std::string& path, unsigned mode)
{
    http::server_limits limits;
    if (auto fd = service_manager_.take_listener(name))
        return server_->listen_fd(name, *fd, handler_after_recovery(), limits);
    std::error_code ignored;
    fs::create_directories(fs::path(path).parent_path(), ignored); // listen_unix says what is wrong with it
    return server_->listen_unix(name, path, mode, handler_after_recovery(), limits);
}

result<void> daemon_process::open_listeners()
{
    if (auto door = open_listener(control::operate_listener, settings_.socket, operators_mode); !door)
        return door;
    if (auto door = open_listener(control::view_listener, settings_.view_socket, view_mode); !door)
        return door;
    if (settings_.metrics_address.empty())
        return {};
    auto port = server_->listen_tcp(control::metrics_listener, settings_.metrics_address, settings_.metrics_port,
                                    handler_after_recovery(), http::server_limits());
    if (!port)
        return with_context("metrics", port.error());
    const bool six = settings_.metrics_address.find(':') != std::string::npos;
    facts_.metrics_address =
        (six ? "[" + settings_.metrics_address + "]" : settings_.metrics_address) + ":" + std::to_string(*port);
    return {};
}

} // namespace ulak::daemon
