// Reads ulak.yaml and the jobs anew, by SIGHUP or by the control socket.
#pragma once

#include "async/semaphore.hpp"
#include "engine/engine.hpp"
#include "events/bus.hpp"
#include "events/log_sink.hpp"
#include "ledger/recorder.hpp"
#include "ulakd/client_builder.hpp"
#include "ulakd/settings.hpp"
#include "ulakd/settings_difference.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace ulak::daemon {

/// Owns the settings and accounts in force. ulak.yaml is taken over as a whole or not at all, each job by itself.
class reloader {
  public:
    /// What a reload works on; references outlive the reloader.
    struct dependencies {
        executor ex;
        async::clock& clock;
        const client_builder& clients;
        engine::engine& engine;
        ledger::recorder& recorder;
        events::bus& bus;
        events::log_sink& log;
        events::sink& account_events; ///< gets the accounts that are tried again
    };
    using changes = std::vector<engine::file_change>;

    reloader(dependencies deps, settings in_force, std::shared_ptr<providers::accounts> accounts);

    /// One reload after the other. With `dry_run` nothing changes, and the result is what would. A file that is refused
    /// is a change with its problems; errors: errc::cancelled, and those of the store.
    task<result<changes>> reload(bool dry_run);

    const providers::accounts& accounts() const noexcept { return *accounts_; }
    bool last_reload_ok() const noexcept { return last_reload_ok_; } ///< no file was refused
    std::optional<wall_point> reloaded_at() const noexcept { return reloaded_at_; }

  private:
    /// A changed ulak.yaml that may be taken over, and which accounts stay as they are.
    struct update {
        settings fresh;
        std::set<std::string> unchanged_accounts;
    };

    task<result<changes>> reload_files(bool dry_run);
    /// Empty: nothing to take over; `own` says whether there was nothing new or the file is refused. Nothing is awaited
    /// between asking which accounts are in use and returning.
    task<std::optional<update>> read_update(engine::file_change& own);
    /// Why the update cannot be taken over, as the store and the engine know it; empty: it can. Nothing is awaited
    /// after that is known.
    task<yaml::problems> prepare(const update& u, std::shared_ptr<const providers::accounts> accounts);
    task<result<changes>> apply(update& u, engine::file_change& own, bool dry_run);
    void renew_certificates(engine::file_change& own, bool dry_run);
    task<> publish_change(const engine::file_change& own);
    void reset_breakers();

    dependencies deps_;
    settings settings_;
    std::shared_ptr<providers::accounts> accounts_;
    async::semaphore permit_;
    bool last_reload_ok_ = true;
    std::optional<wall_point> reloaded_at_{};
};

} // namespace ulak::daemon
