#include "engine/core.hpp"

namespace ulak::engine {

job::load_environment offered(const parts& p, const channels& notify)
{
    job::load_environment s;
    s.zone = p.zone;
    for (const auto& [name, way] : notify)
        s.channels.push_back(name);
    return s;
}

kinds::load_context looked_at(const parts& p, const providers::accounts& accounts)
{
    return kinds::load_context{accounts, p.config_dir, p.zone};
}

core::core(parts p)
    : given(std::move(p)),
      around{given.ex, given.time, given.record, given.accounts, given.zone, given.config_dir},
      jobs(given.jobs_dir, offered(given, given.notify), looked_at(given, *given.accounts), given.known),
      firing_bell(given.ex),
      notice_bell(given.ex),
      sweep_bell(given.ex),
      stray_bell(given.ex),
      doubts(given.ex, 1),
      crew(given.ex),
      loops(given.ex),
      ways(std::make_shared<channels>(std::move(given.notify)))
{}

std::string fresh_id(const core& c)
{
    return make_ulid(unix_ms(c.wall()));
}

events::event tell(const char* what, events::level severity, std::string message, std::string job,
                   boost::json::object data)
{
    events::event e(what, severity, std::move(message));
    e.job = std::move(job);
    e.data = std::move(data);
    return e;
}

} // namespace ulak::engine
