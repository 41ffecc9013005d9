#include "control/detail/counters.hpp"

#include "events/event_names.hpp"

#include <boost/json/value.hpp>

namespace ulak::control {

namespace {

std::string field(const events::event& e, const char* key)
{
    const boost::json::value* v = e.data.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string("unknown");
}

} // namespace

void counters::publish(const events::event& e)
{
    if (e.name == events::run_finished)
        ++runs[{e.kind, field(e, "state")}];
    else if (e.name == events::effect_settled)
        ++effects[{e.account, field(e, "outcome")}];
    else if (e.name == events::effect_ambiguous)
        ++effects[{e.account, "ambiguous"}];
    else if (e.name == events::provider_error)
        ++provider_errors[e.account];
    else if (e.name == events::notify_sent)
        ++notices_sent;
    else if (e.name == events::notify_failed)
        ++notices_failed;
    else if (e.name == events::schedule_missed)
        ++missed;
}

} // namespace ulak::control
