#include "engine/detail/run_changes.hpp"

#include "core/text.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {

namespace json = boost::json;
using ledger::run_state;

namespace {

const char* moment_of(run_state s) noexcept
{
    switch (s) {
    case run_state::succeeded: return "done";
    case run_state::failed: return "failed";
    case run_state::attention: return "attention";
    default: return nullptr; // cancelled on request: it needs no notice
    }
}

events::level severity_of(run_state s, bool threw) noexcept
{
    if (threw)
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

kinds::run_context stored_run_context(shared_state& shared, const ledger::run_record& run)
{
    yaml::problems ignored;
    const auto job = shared.jobs.from_definition(run.job, run.definition, ignored);
    const auto rules = job ? job->document.notify : std::vector<job::notify_rule>();
    return kinds::run_context(shared.environment, run, job::budget(), rules, bound_params(run.params));
}

ledger::batch reports_at_start(const kinds::run_context& context)
{
    const auto& run = context.run();
    json::object data;
    data["trigger"] = run.trigger;
    if (!run.of.empty()) {
        data["only"] = run.only;
        data["of"] = run.of.text();
    }
    ledger::batch reports;
    reports.push_back(context.event(events::run_started, events::level::info, "run started", std::move(data)));
    auto notices = context.notices("started", "job " + run.job + ": a run started");
    std::ranges::move(notices, std::back_inserter(reports));
    return reports;
}

run_end_changes changes_at_end(const kinds::run_context& context, const kinds::ending& ending,
                               const std::string& exception, wall_point now)
{
    // The run's own state.
    run_end_changes end;
    end.state = ledger::update_run(context.run().id);
    end.state.state = ending.state;
    end.state.finished_at = now;
    if (!exception.empty()) {
        end.state.error_code = internal_code;
        end.state.error_message = printable(exception);
    } else if (ending.failure) {
        end.state.error_code = std::string(name(ending.failure->code));
        end.state.error_message = ending.failure->message;
    }

    // The event, and the notices of jobs that ask for them.
    json::object data;
    data["state"] = name(ending.state);
    if (end.state.error_code)
        data["error"] = json::object{{"code", *end.state.error_code}, {"message", *end.state.error_message}};
    const auto text = sentence(end.state, context.run().job);
    const auto severity = severity_of(ending.state, !exception.empty());
    end.reports.push_back(context.event(events::run_finished, severity, text, data));
    if (const auto* moment = moment_of(ending.state)) {
        auto notices = context.notices(moment, text, std::move(data));
        std::ranges::move(notices, std::back_inserter(end.reports));
    }
    return end;
}

} // namespace ulak::engine
