#include "engine/detail/file_change_event.hpp"

#include "engine/detail/shared_state.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

/// The first error, or the first warning, with its place.
std::string problem_text(const file_change& f)
{
    const auto bad = std::ranges::find(f.problems, yaml::severity::error, &yaml::problem::level);
    const auto& first = bad == f.problems.end() ? f.problems.front() : *bad;
    auto text = first.at.file;
    if (first.at.line > 0)
        text += ":" + std::to_string(first.at.line) + ":" + std::to_string(first.at.column);
    text += ": " + first.text;
    if (f.problems.size() > 1)
        text += " (and " + std::to_string(f.problems.size() - 1) + " more)";
    return text;
}

std::string loaded_text(const file_change& f)
{
    std::string text = f.added ? "job loaded" : "job loaded anew";
    for (std::size_t i = 0; i < f.changed.size(); ++i)
        text += (i == 0 ? "; changed: " : ", ") + f.changed[i];
    return text;
}

} // namespace

events::event file_change_event(const file_change& change)
{
    boost::json::object data;
    data["file"] = change.path;
    if (change.status == file_change::change_status::loaded) {
        data["changed"] = boost::json::array(change.changed.begin(), change.changed.end());
        return make_event(events::config_loaded, events::level::info, loaded_text(change), change.name,
                          std::move(data));
    }
    if (change.status == file_change::change_status::removed) {
        data["removed"] = true;
        return make_event(events::config_loaded, events::level::notice, "job removed: its file is gone", change.name,
                          std::move(data));
    }
    boost::json::array problems;
    for (const auto& p : change.problems)
        problems.push_back(yaml::to_json(p));
    data["problems"] = std::move(problems);
    return make_event(events::config_rejected, events::level::warning, problem_text(change), change.name,
                      std::move(data));
}

} // namespace ulak::engine
