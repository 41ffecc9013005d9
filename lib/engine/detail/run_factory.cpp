#include "engine/detail/run_factory.hpp"

#include "engine/detail/run_changes.hpp"
#include "engine/detail/run_params.hpp"

#include <algorithm>

namespace ulak::engine {

result<std::shared_ptr<const loaded_job>> run_factory::find_startable(const std::string& job) const
{
    const auto* entry = shared_.jobs.find(job);
    if (!entry)
        return error(errc::not_found, "there is no job " + job);
    if (!entry->good)
        return error(errc::conflict, "the file of job " + job + " is broken, and there is no good version of it");
    return entry->good;
}

bool run_factory::spends(const loaded_job& job) const
{
    return std::ranges::any_of(shared_.deps.known_kinds, [&](const kinds::kind& k) {
        return k.definition.name == job.document.kind && k.definition.spends;
    });
}

result<draft> run_factory::new_draft(const std::string& job, std::shared_ptr<const loaded_job> loaded,
                                     const boost::json::object& params, const std::string& trigger) const
{
    auto bound = job::bind_parameters(loaded->document.parameters, params);
    if (!bound)
        return bound.error();
    ledger::run_record run;
    run.id = run_id(fresh_id(shared_));
    run.job = job;
    run.kind = loaded->document.kind;
    run.trigger = trigger;
    run.definition = loaded->document.source;
    run.params = params_json(loaded->document.parameters, *bound);
    run.created_at = shared_.wall();
    return draft(std::move(run), std::move(loaded), std::move(*bound));
}

active_ptr run_factory::make_active(draft d) const
{
    return std::make_shared<active_run>(shared_.environment, std::move(d.run), std::move(d.job), std::move(d.params));
}

ledger::batch run_factory::initial_changes(const active_run& run) const
{
    ledger::batch all;
    all.push_back(ledger::create_run{run.record()});
    if (run.record().state == ledger::run_state::running)
        std::ranges::move(reports_at_start(run.context), std::back_inserter(all));
    return all;
}

} // namespace ulak::engine
