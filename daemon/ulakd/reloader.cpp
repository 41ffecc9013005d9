#include "ulakd/reloader.hpp"

#include "events/event_names.hpp"
#include "http/trust.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ulak::daemon {

namespace {

using engine::file_change;

std::string summary_of(const file_change& own)
{
    if (own.status == file_change::change_status::rejected) {
        std::string text;
        for (const yaml::problem& p : own.problems)
            text += yaml::to_text(p);
        return text;
    }
    std::string text = "ulak.yaml loaded; changed:";
    for (const std::string& key : own.changed)
        text += " " + key;
    return text;
}

events::event event_of(const file_change& own)
{
    const bool bad = own.status == file_change::change_status::rejected;
    events::event e(bad ? events::config_rejected : events::config_loaded,
                    bad ? events::level::error : events::level::info, summary_of(own));
    e.data["file"] = own.path;
    e.data["changed"] = boost::json::array(own.changed.begin(), own.changed.end());
    return e;
}

void reject(file_change& own, yaml::problems why)
{
    own.status = file_change::change_status::rejected;
    std::ranges::move(why, std::back_inserter(own.problems));
}

void reject(file_change& own, const error& why)
{
    reject(own, yaml::problems{{{own.path, 0, 0}, yaml::severity::error, {}, why.message, {}, {}}});
}

} // namespace

reloader::reloader(dependencies deps, settings in_force, std::shared_ptr<providers::accounts> accounts)
    : deps_(deps), settings_(std::move(in_force)), accounts_(std::move(accounts)), permit_(deps.ex, 1)
{}

task<std::optional<reloader::update>> reloader::read_update(file_change& own)
{
    // The file itself.
    auto fresh = load_settings(settings_.file, settings_.allow_literal_secrets, own.problems);
    if (!fresh) {
        own.status = file_change::change_status::rejected;
        co_return std::nullopt;
    }
    // What it changes, and whether a running daemon can take that over.
    auto in_use = co_await deps_.engine.in_use();
    if (!in_use) {
        reject(own, in_use.error());
        co_return std::nullopt;
    }
    settings_difference d = compare(settings_, *fresh, *in_use);
    own.changed = d.changed;
    if (!d.refused.empty()) {
        reject(own, std::move(d.refused));
        co_return std::nullopt;
    }
    if (!d.any())
        co_return std::nullopt;
    update u{std::move(*fresh), std::move(d.unchanged_accounts)};
    co_return u;
}

// What the store has to know before the accounts are in force; while it was asked, a run may have begun.
task<yaml::problems> reloader::prepare(const update& u, std::shared_ptr<const providers::accounts> accounts)
{
    const auto refused = [this](const error& e) {
        return yaml::problems{{{settings_.file, 0, 0}, yaml::severity::error, {}, e.message, {}, {}}};
    };
    auto identified = co_await deps_.engine.identify(std::move(accounts));
    if (!identified)
        co_return refused(identified.error());
    auto in_use = co_await deps_.engine.in_use();
    if (!in_use)
        co_return refused(in_use.error());
    co_return compare(settings_, u.fresh, *in_use).refused;
}

task<result<reloader::changes>> reloader::apply(update& u, file_change& own, bool dry_run)
{
    // Build everything first: a file of which one part fails changes nothing.
    auto accounts = deps_.clients.accounts(u.fresh, *accounts_, u.unchanged_accounts);
    auto channels = deps_.clients.channels(u.fresh);
    if (!accounts || !channels) {
        reject(own, accounts ? channels.error() : accounts.error());
        co_return co_await deps_.engine.reload(dry_run);
    }
    if (!dry_run) {
        auto unheard = co_await prepare(u, *accounts);
        if (!unheard.empty()) {
            reject(own, std::move(unheard));
            co_return co_await deps_.engine.reload(dry_run);
        }
    }
    own.status = file_change::change_status::loaded;
    engine::configuration c(*accounts, std::move(*channels), u.fresh.retention, u.fresh.otp);
    if (!dry_run) {
        accounts_ = *accounts;
        deps_.log.set_level(u.fresh.log.min_level);
        settings_ = std::move(u.fresh);
    }
    co_return co_await deps_.engine.reconfigure(dry_run, std::move(c));
}

// A CA file is exchanged in its place, and ulak.yaml stays as it is.
void reloader::renew_certificates(file_change& own, bool dry_run)
{
    auto renewed = http::renew_trust(dry_run);
    if (!renewed)
        return reject(own, renewed.error());
    for (const std::string& ca_file : *renewed)
        own.changed.push_back("certificates of " + (ca_file.empty() ? "the system" : ca_file));
    if (!renewed->empty())
        own.status = file_change::change_status::loaded;
}

task<> reloader::publish_change(const file_change& own)
{
    auto e = event_of(own);
    const auto recorded = co_await deps_.recorder.publish(std::move(e));
    if (!recorded)
        deps_.bus.publish(events::event(events::config_rejected, events::level::error, recorded.error().message));
}

task<result<reloader::changes>> reloader::reload_files(bool dry_run)
{
    file_change own;
    own.path = settings_.file;
    std::optional<update> u;
    if (!settings_.simulated) // a simulated daemon keeps the settings that point at the simulator
        u = co_await read_update(own);
    const bool refused = own.status == file_change::change_status::rejected;
    if (!settings_.simulated && !refused)
        renew_certificates(own, dry_run);
    result<changes> all = changes();
    if (u && own.status != file_change::change_status::rejected)
        all = co_await apply(*u, own, dry_run);
    else
        all = co_await deps_.engine.reload(dry_run);
    if (!all)
        co_return all;
    if (own.status == file_change::change_status::unchanged)
        co_return all;
    all->insert(all->begin(), own);
    if (!dry_run)
        co_await publish_change(own);
    co_return all;
}

// The operator who reloads may have mended what an account was suspended for.
void reloader::reset_breakers()
{
    for (const auto& [name, account] : *accounts_)
        if (auto event = providers::reset_breaker(*account, deps_.clock.wall_now()))
            deps_.account_events.publish(*event);
}

task<result<reloader::changes>> reloader::reload(bool dry_run)
{
    auto permit = co_await permit_.acquire();
    if (!permit)
        co_return permit.error();
    auto all = co_await reload_files(dry_run);
    if (dry_run)
        co_return all;
    reset_breakers();
    const auto rejected = [](const file_change& f) { return f.status == file_change::change_status::rejected; };
    last_reload_ok_ = all && std::ranges::none_of(*all, rejected);
    reloaded_at_ = deps_.clock.wall_now();
    co_return all;
}

} // namespace ulak::daemon
