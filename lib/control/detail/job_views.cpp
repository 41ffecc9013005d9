#include "control/detail/job_views.hpp"

#include "control/detail/view_parts.hpp"
#include "core/json_text.hpp"
#include "yaml/problem_json.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

json::array problems_of(const yaml::problems& found)
{
    json::array all;
    for (const yaml::problem& p : found)
        all.push_back(yaml::to_json_with_line(p));
    return all;
}

std::string_view name(engine::file_change::change_status happened) noexcept
{
    switch (happened) {
    case engine::file_change::change_status::loaded: return "loaded";
    case engine::file_change::change_status::unchanged: return "unchanged";
    case engine::file_change::change_status::rejected: return "rejected";
    case engine::file_change::change_status::removed: return "removed";
    }
    return "unknown";
}

std::string_view name(job::parameter::type what) noexcept
{
    switch (what) {
    case job::parameter::type::text: return "string";
    case job::parameter::type::integer: return "integer";
    case job::parameter::type::url: return "url";
    case job::parameter::type::phone: return "phone";
    }
    return "unknown";
}

json::array parameters_of(const std::vector<job::parameter>& declared)
{
    json::array all;
    for (const job::parameter& p : declared) {
        json::object one{{"name", p.name}, {"type", name(p.value_type)}, {"required", p.required}};
        one["default"] = p.default_value ? json::value(*p.default_value) : json::value(nullptr);
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace

json::object view(const engine::job_view& job)
{
    json::object o;
    o["name"] = job.name;
    o["kind"] = job.kind;
    o["file"] = job.path;
    o["description"] = job.description;
    o["enabled"] = job.enabled;
    o["paused"] = job.paused;
    o["broken"] = job.broken;
    o["schedule"] = text_or_null(job.schedule);
    o["next"] = json_or_null(job.next);
    o["next_local"] = text_or_null(job.next_local);
    o["running"] = job.running;
    o["last_run"] = json_or_null(job.last_run);
    o["params"] = parameters_of(job.parameters);
    o["problems"] = problems_of(job.problems);
    return o;
}

json::object view(const engine::firing_view& firing)
{
    return {{"job", firing.job}, {"at", rfc3339(firing.at)}, {"local", firing.local}, {"reason", firing.reason}};
}

json::object view(const engine::file_change& change)
{
    json::object o;
    o["job"] = change.name;
    o["file"] = change.path;
    o["result"] = name(change.status);
    o["added"] = change.added;
    o["changed"] = json::array(change.changed.begin(), change.changed.end());
    o["problems"] = problems_of(change.problems);
    return o;
}

} // namespace ulak::control
