#include "engine/detail/run_changes.hpp"

#include "core/json_text.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

namespace ulak::engine {

namespace json = boost::json;
using ledger::run_state;

namespace {

std::optional<std::int64_t> parse_integer(const std::string& text)
{
    std::int64_t value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

bool is_integer(const std::vector<job::parameter>& declared, const std::string& name)
{
    return std::ranges::any_of(declared, [&](const job::parameter& p) {
        return p.name == name && p.value_type == job::parameter::type::integer;
    });
}

const char* moment_of(run_state s) noexcept
{
    switch (s) {
    case run_state::succeeded: return "done";
    case run_state::failed: return "failed";
    case run_state::attention: return "attention";
    default: return nullptr; // a cancellation was asked for; nobody needs to be told
    }
}

events::level severity_of(run_state s, bool broke) noexcept
{
    if (broke)
        return events::level::error;
    return s == run_state::failed || s == run_state::attention ? events::level::warning : events::level::info;
}

std::string sentence(const ledger::update_run& u, const std::string& job)
{
    std::string text = "job " + job + ": the run ";
    text += *u.state == run_state::attention ? "needs attention" : std::string(name(*u.state));
    if (u.error_message && !u.error_message->empty())
        text += ": " + *u.error_message;
    return text;
}

} // namespace

std::string params_json(const std::vector<job::parameter>& declared, const std::map<std::string, std::string>& bound)
{
    json::object all;
    for (const auto& [name, value] : bound) {
        const auto number = is_integer(declared, name) ? parse_integer(value) : std::nullopt;
        all[name] = number ? json::value(*number) : json::value(value);
    }
    return json::serialize(all);
}

std::map<std::string, std::string> bound_params(const std::string& text)
{
    std::map<std::string, std::string> bound;
    const auto read = parse_json(text);
    if (!read || !read->is_object())
        return bound;
    for (const auto& [name, value] : read->get_object())
        bound[std::string(name)] = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
    return bound;
}

kinds::run_context stored_run_context(shared_state& shared, const ledger::run_record& run)
{
    yaml::problems ignored;
    const auto job = shared.jobs.from_definition(run.job, run.definition, ignored);
    const auto rules = job ? job->document.notify : std::vector<job::notify_rule>();
    return kinds::run_context(shared.environment, run, job::budget(), rules, bound_params(run.params));
}

ledger::batch reports_at_start(const kinds::run_context& c)
{
    const auto& run = c.run();
    json::object data;
    data["trigger"] = run.trigger;
    ledger::batch news;
    news.push_back(c.event(events::run_started, events::level::info, "run started", std::move(data)));
    auto told = c.notices("started", "job " + run.job + ": a run started");
    std::ranges::move(told, std::back_inserter(news));
    return news;
}

run_end_changes changes_at_end(const kinds::run_context& c, const kinds::ending& e, const std::string& broke,
                               wall_point now)
{
    run_end_changes end;
    end.state = ledger::update_run(c.run().id);
    end.state.state = e.state;
    end.state.finished_at = now;
    if (!broke.empty()) {
        end.state.error_code = internal_code;
        end.state.error_message = printable(broke);
    } else if (e.failure) {
        end.state.error_code = std::string(name(e.failure->code));
        end.state.error_message = e.failure->message;
    }
    json::object data;
    data["state"] = name(e.state);
    if (end.state.error_code)
        data["error"] = json::object{{"code", *end.state.error_code}, {"message", *end.state.error_message}};
    const auto text = sentence(end.state, c.run().job);
    end.reports.push_back(c.event(events::run_finished, severity_of(e.state, !broke.empty()), text, data));
    if (const auto* moment = moment_of(e.state)) {
        auto told = c.notices(moment, text, std::move(data));
        std::ranges::move(told, std::back_inserter(end.reports));
    }
    return end;
}

} // namespace ulak::engine
