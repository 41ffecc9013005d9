#include "engine/detail/shared_state.hpp"

namespace ulak::engine {

job::load_environment load_environment_of(const dependencies& d, const channels& notify)
{
    job::load_environment s;
    s.zone = d.zone;
    for (const auto& [name, channel] : notify)
        s.channels.push_back(name);
    return s;
}

kinds::load_context load_context_of(const dependencies& d, const providers::accounts& accounts)
{
    return kinds::load_context{accounts, d.config_dir, d.zone};
}

shared_state::shared_state(dependencies d)
    : deps(std::move(d)),
      environment{deps.ex, deps.time, deps.recorder, deps.accounts, deps.zone, deps.config_dir},
      notify_channels(std::make_shared<channels>(std::move(deps.notify))),
      jobs(deps.jobs_dir, load_environment_of(deps, *notify_channels), load_context_of(deps, *deps.accounts),
           deps.known_kinds),
      firing_wakeup(deps.ex),
      notice_wakeup(deps.ex),
      purge_wakeup(deps.ex),
      attention_lock(deps.ex, 1),
      clock_watch(deps.ex, deps.time, deps.recorder, [this] { wake_all(); }),
      run_tasks(deps.ex),
      background_tasks(deps.ex)
{}

void shared_state::run_ended()
{
    notice_wakeup.set();
    purge_wakeup.set();
    for (auto& wakeup : kind_wakeups)
        wakeup.set();
}

void shared_state::wake_all()
{
    firing_wakeup.set();
    run_ended();
}

std::string fresh_id(const shared_state& shared)
{
    return make_ulid(unix_ms(shared.wall()));
}

events::event make_event(const char* name, events::level severity, std::string message, std::string job,
                         boost::json::object data)
{
    events::event e(name, severity, std::move(message));
    e.job = std::move(job);
    e.data = std::move(data);
    return e;
}

} // namespace ulak::engine
