#include "engine/detail/job_viewer.hpp"

#include <algorithm>
#include <tuple>

namespace ulak::engine {

job_view job_viewer::view_of(const job_entry& entry) const
{
    job_view v;
    v.name = entry.name;
    v.path = entry.path;
    v.broken = entry.broken();
    v.problems = entry.problems;
    v.paused = shared_.paused_jobs.contains(entry.name);
    v.running = runs_.running(entry.name);
    if (const auto last = shared_.last_run.find(entry.name); last != shared_.last_run.end())
        v.last_run = last->second;
    if (!entry.good)
        return v;
    const auto& document = entry.good->document;
    v.kind = document.kind;
    v.description = document.description;
    v.enabled = document.enabled;
    v.parameters = document.parameters;
    if (!document.when)
        return v;
    v.schedule = document.when->text();
    const auto first = v.enabled && !v.paused ? schedules_.next(entry.name, 1, {}) : std::vector<firing_view>();
    if (!first.empty()) {
        v.next = first.front().at;
        v.next_local = first.front().local;
    }
    return v;
}

/// The runs of POST /v1/otp, seen as those of a job without a file.
job_view job_viewer::view_of_otp_by_hand() const
{
    job_view v;
    v.name = otp_by_hand;
    v.kind = "otp.acquire";
    v.description = "Codes that no job file asks for: POST /v1/otp.";
    v.enabled = true;
    v.paused = shared_.paused_jobs.contains(v.name);
    v.running = runs_.running(v.name);
    if (const auto last = shared_.last_run.find(v.name); last != shared_.last_run.end())
        v.last_run = last->second;
    return v;
}

std::vector<job_view> job_viewer::jobs() const
{
    std::vector<job_view> all;
    for (const auto& [name, entry] : shared_.jobs.entries())
        all.push_back(view_of(entry));
    // It has no file to look at: it is listed when there is something to see.
    auto by_hand = view_of_otp_by_hand();
    if ((by_hand.paused || by_hand.running > 0) && !shared_.jobs.find(by_hand.name))
        all.push_back(std::move(by_hand));
    return all;
}

std::optional<job_view> job_viewer::job(std::string_view name) const
{
    const auto* entry = shared_.jobs.find(name);
    if (entry)
        return view_of(*entry);
    return name == otp_by_hand ? std::optional(view_of_otp_by_hand()) : std::nullopt;
}

result<std::vector<firing_view>> job_viewer::next(std::string_view job, std::size_t limit,
                                                  std::optional<wall_point> from) const
{
    if (job.empty())
        return next_of_all(limit, from);
    if (!shared_.jobs.find(job))
        return error(errc::not_found, "there is no job " + std::string(job));
    return schedules_.next(std::string(job), limit, from);
}

std::vector<firing_view> job_viewer::next_of_all(std::size_t limit, std::optional<wall_point> from) const
{
    std::vector<firing_view> all;
    for (const auto& [name, entry] : shared_.jobs.entries())
        // Paused and disabled ones would crowd out the others.
        if (entry.good && entry.good->document.enabled && !shared_.paused_jobs.contains(name))
            std::ranges::move(schedules_.next(name, limit, from), std::back_inserter(all));
    std::ranges::sort(all, {}, [](const firing_view& f) { return std::tie(f.at, f.job); });
    if (all.size() > limit)
        all.resize(limit);
    return all;
}

} // namespace ulak::engine
