// Reading the files anew, by SIGHUP or by the control socket: ulak.yaml as a whole or not at all, and each job by
// itself.
#include "events/event_names.hpp"
#include "providers/registry.hpp"
#include "ulakd/daemon.hpp"
#include "ulakd/settings_difference.hpp"

#include <algorithm>

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

} // namespace

/// What the fresh file comes to: nothing to do, something to take over, or the reason against it. Nothing is awaited
/// between the question who is in use and the answer.
task<std::optional<settings>> daemon_process::read_changed_settings(file_change& own)
{
    auto fresh = load_settings(settings_.file, settings_.allow_literal_secrets, own.problems);
    if (!fresh) {
        own.status = file_change::change_status::rejected;
        co_return std::nullopt;
    }
    auto uses = co_await engine_->in_use();
    if (!uses) {
        reject(own, {{{own.path, 0, 0}, yaml::severity::error, {}, uses.error().message, {}, {}}});
        co_return std::nullopt;
    }
    settings_difference d = compare(settings_, *fresh, *uses);
    own.changed = d.changed;
    if (!d.refused.empty()) {
        reject(own, std::move(d.refused));
        co_return std::nullopt;
    }
    if (!d.any())
        co_return std::nullopt;
    unchanged_accounts_ = std::move(d.unchanged_accounts);
    co_return fresh;
}

task<result<daemon_process::changes>> daemon_process::apply_settings(settings& fresh, file_change& own, bool dry_run)
{
    auto accounts = build_accounts(fresh, unchanged_accounts_);
    auto ways = build_channels(fresh);
    if (!accounts || !ways) {
        const error& why = accounts ? ways.error() : accounts.error();
        reject(own, {{{own.path, 0, 0}, yaml::severity::error, {}, why.message, {}, {}}});
        co_return co_await engine_->reload(dry_run);
    }
    own.status = file_change::change_status::loaded;
    engine::configuration c(*accounts, std::move(*ways), fresh.retention);
    if (!dry_run) {
        accounts_ = *accounts;
        log_->set_level(fresh.log.min_level);
        settings_ = std::move(fresh);
    }
    co_return co_await engine_->reconfigure(dry_run, std::move(c));
}

task<result<daemon_process::changes>> daemon_process::reload_files(bool dry_run)
{
    file_change own;
    own.path = settings_.file;
    std::optional<settings> fresh;
    if (!settings_.simulated)
        fresh = co_await read_changed_settings(own);
    result<changes> all = changes();
    if (fresh)
        all = co_await apply_settings(*fresh, own, dry_run);
    else
        all = co_await engine_->reload(dry_run);
    if (!all)
        co_return all;
    if (own.status != file_change::change_status::unchanged)
        all->insert(all->begin(), own);
    if (dry_run || own.status == file_change::change_status::unchanged)
        co_return all;
    auto e = event_of(own);
    auto recorded = co_await recorder_->publish(std::move(e));
    if (!recorded)
        bus_->publish(events::event(events::config_rejected, events::level::error, recorded.error().message));
    co_return all;
}

/// Whoever reloads may have mended what an account was suspended for.
void daemon_process::reset_breakers()
{
    for (const auto& [name, account] : *accounts_)
        if (auto tried = providers::reset_breaker(*account, clock_.wall_now()))
            account_events_->publish(*tried);
}

task<result<daemon_process::changes>> daemon_process::reload_in_turn(bool dry_run)
{
    auto turn = co_await reload_permit_.acquire();
    if (!turn)
        co_return turn.error();
    auto all = co_await reload_files(dry_run);
    if (dry_run)
        co_return all;
    reset_breakers();
    facts_.last_reload_ok = all && std::ranges::none_of(*all, [](const file_change& f) {
                             return f.status == file_change::change_status::rejected;
                         });
    facts_.reloaded_at = clock_.wall_now();
    co_return all;
}

task<> daemon_process::reload()
{
    service_manager_.reloading();
    auto done = co_await reload_in_turn(false);
    if (!done)
        bus_->publish(events::event(events::config_rejected, events::level::error, done.error().message));
    service_manager_.ready(summary());
}

} // namespace ulak::daemon
