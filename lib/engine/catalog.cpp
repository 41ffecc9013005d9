#include "engine/catalog.hpp"

#include "engine/detail/job_diff.hpp"
#include "engine/detail/jobs_folder.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "job/redacted_problems.hpp"
#include "yaml/codes.hpp"
#include "yaml/load.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>

namespace ulak::engine {

namespace fs = std::filesystem;

namespace {

bool by_name(const file_change& a, const file_change& b)
{
    return std::tie(a.name, a.path) < std::tie(b.name, b.path);
}

} // namespace

catalog::catalog(std::string jobs_dir, job::load_environment environment, kinds::load_context context,
                 std::span<const kinds::kind> known)
    : jobs_dir_(std::move(jobs_dir)),
      environment_(std::move(environment)),
      load_context_(std::move(context)),
      known_kinds_(known)
{
    for (const auto& k : known_kinds_)
        tables_.push_back(k.definition);
}

catalog::loaded_ptr catalog::prepare(std::string text, const std::string& path, bool stored,
                                     yaml::problems& problems) const
{
    auto file = job::decode(std::move(text), path, tables_, environment_, problems);
    job::redact(problems);
    if (!file)
        return nullptr;
    const auto kind =
        std::ranges::find(known_kinds_, file->kind, [](const kinds::kind& k) { return k.definition.name; });
    if (kind == known_kinds_.end())
        return nullptr;
    auto job = std::make_shared<loaded_job>();
    auto context = *load_context_;
    context.for_stored_run = stored;
    job->prepared = kind->prepare(*file, context, problems);
    job::redact(problems);
    job->accounts = accounts_named(file->kind_keys->root_node());
    file->kind_keys.reset(); // the nodes are no longer needed
    job->document = std::move(*file);
    return job->prepared && !yaml::has_errors(problems) ? job : nullptr;
}

file_change catalog::load_file(const std::string& name, const std::string& path, bool dry_run)
{
    file_change change{name, path, file_change::change_status::unchanged, {}};
    const auto known = entries_.find(name);
    auto text = yaml::read_file(path, fence(), change.problems, yaml::severity::error);
    const loaded_ptr before = known == entries_.end() ? nullptr : known->second.good;
    const bool same = text && before && !known->second.broken() && before->document.source == *text;
    if (same && !environment_changed_ && change.problems.empty()) {
        change.problems = known->second.problems;
        return change;
    }
    loaded_ptr good;
    if (text)
        good = prepare(std::move(*text), path, false, change.problems);
    if (!good && !yaml::has_errors(change.problems))
        change.problems.push_back(file_problem(path, yaml::severity::error, yaml::codes::unreadable,
                                               "the file cannot be read", "reload again"));
    yaml::sort(change.problems);
    change.status = good ? (same ? file_change::change_status::unchanged : file_change::change_status::loaded)
                         : file_change::change_status::rejected;
    change.added = good && !before;
    if (good && before && !same)
        change.changed = changed_keys(before->document.source, good->document.source);
    if (!dry_run) {
        auto& entry = entries_[name];
        entry.name = name;
        entry.path = path;
        entry.problems = change.problems;
        if (good) {
            keep_replaced(before);
            entry.good = std::move(good);
        }
    }
    return change;
}

std::vector<file_change> catalog::refresh(bool dry_run)
{
    auto all = list_folder(jobs_dir_);
    const bool readable = std::ranges::none_of(all.rejected, [](const file_change& c) { return c.name.empty(); });
    std::vector<file_change> changes;
    for (const auto& [name, path] : all.jobs)
        changes.push_back(load_file(name, path, dry_run));
    for (auto& bad : all.rejected) {
        if (!bad.name.empty() && all.jobs.emplace(bad.name, bad.path).second && !dry_run) {
            auto& entry = entries_[bad.name];
            keep_replaced(entry.good);
            entry = job_entry{bad.name, bad.path, nullptr, bad.problems};
        }
        changes.push_back(std::move(bad));
    }
    // A folder that cannot be read says nothing about its files: they stay as they are.
    for (auto at = entries_.begin(); readable && at != entries_.end();) {
        if (all.jobs.contains(at->first)) {
            ++at;
            continue;
        }
        changes.push_back(file_change{at->first, at->second.path, file_change::change_status::removed, {}});
        keep_replaced(at->second.good);
        at = dry_run ? std::next(at) : entries_.erase(at);
    }
    if (!dry_run && readable)
        environment_changed_ = false;
    std::ranges::sort(changes, by_name);
    return changes;
}

void catalog::set_environment(job::load_environment environment, kinds::load_context context)
{
    environment_ = std::move(environment);
    load_context_.emplace(std::move(context));
    for (const auto& [digest, cached] : by_digest_)
        keep_replaced(cached.lock());
    by_digest_.clear();
    environment_changed_ = true;
}

void catalog::keep_replaced(const loaded_ptr& job)
{
    std::erase_if(replaced_, [](const auto& each) { return each.expired(); });
    if (job)
        replaced_.push_back(job);
}

const job_entry* catalog::find(std::string_view name) const noexcept
{
    const auto found = entries_.find(std::string(name));
    return found == entries_.end() ? nullptr : &found->second;
}

/// A job file lies in the jobs folder: who may write there must not make the daemon show what only it may read.
file_fence catalog::fence() const
{
    return {jobs_dir_, secret_folders(load_context_->config_dir)};
}

/// Where the job's file is, or would be: paths in it are relative to it.
std::string catalog::path_of(const std::string& name) const
{
    return (fs::path(jobs_dir_) / (name + ".yaml")).string();
}

std::shared_ptr<const loaded_job> catalog::from_text(const std::string& name, std::string text,
                                                     yaml::problems& problems) const
{
    return prepare(std::move(text), path_of(name), false, problems);
}

std::shared_ptr<const loaded_job> catalog::from_definition(const std::string& name, const std::string& text,
                                                           yaml::problems& problems)
{
    if (const auto* now = find(name); now && now->good && now->good->document.source == text)
        return now->good;
    const auto key = name + "/" + http::sha256_hex(text);
    if (const auto known = by_digest_.find(key); known != by_digest_.end())
        if (auto alive = known->second.lock())
            return alive;
    std::erase_if(by_digest_, [](const auto& e) { return e.second.expired(); });
    auto job = prepare(text, path_of(name), true, problems);
    if (job)
        by_digest_[key] = job;
    return job;
}

std::optional<std::chrono::milliseconds> catalog::longest_asked_back() const
{
    std::chrono::milliseconds longest(0);
    for (const auto& [name, entry] : entries_) {
        if (!entry.good)
            return std::nullopt;
        longest = std::max(longest, entry.good->prepared->asks_back());
    }
    const auto ask = [&longest](const std::weak_ptr<const loaded_job>& older) {
        if (const auto job = older.lock())
            longest = std::max(longest, job->prepared->asks_back());
    };
    for (const auto& [digest, cached] : by_digest_)
        ask(cached);
    std::ranges::for_each(replaced_, ask);
    return longest;
}

} // namespace ulak::engine
