#include "engine/core.hpp"

namespace ulak::engine {
namespace {

job::surroundings offered(const parts& p)
{
    job::surroundings s;
    s.zone = p.zone;
    for (const auto& [name, way] : p.notify)
        s.channels.push_back(name);
    return s;
}

} // namespace

core::core(parts p)
    : given(std::move(p)),
      around{given.ex, given.time, given.record, given.accounts, given.zone, given.config_dir},
      jobs(given.jobs_dir, offered(given), kinds::load_context{*given.accounts, given.config_dir, given.zone},
           given.known),
      firing_bell(given.ex),
      notice_bell(given.ex),
      sweep_bell(given.ex),
      crew(given.ex),
      loops(given.ex)
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
