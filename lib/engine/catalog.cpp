#include "engine/catalog.hpp"

#include "engine/detail/job_diff.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "yaml/codes.hpp"
#include "yaml/load.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>

namespace ulak::engine {

namespace fs = std::filesystem;

namespace {

yaml::problem file_problem(const std::string& path, yaml::severity how, std::string_view code, std::string text,
                           std::string hint)
{
    yaml::problem p;
    p.at.file = path;
    p.level = how;
    p.code = std::string(code);
    p.text = std::move(text);
    p.hint = std::move(hint);
    return p;
}

struct listing {
    std::map<std::string, std::string> jobs{}; ///< name → path
    std::vector<file_change> rejected{};
};

listing list_folder(const std::string& dir)
{
    listing all;
    std::error_code failed;
    for (fs::directory_iterator at(dir, failed), end; !failed && at != end; at.increment(failed)) {
        const auto file = at->path();
        const auto name = file.stem().string();
        if (file.extension() != ".yaml" || file.filename().string().starts_with('.'))
            continue;
        auto wrong = job::job_name_problem(name, printable(file.string()));
        if (!wrong) {
            all.jobs.emplace(name, file.string());
            continue;
        }
        file_change odd{printable(name), wrong->at.file, file_change::change_status::rejected, {}};
        odd.problems.push_back(std::move(*wrong));
        all.rejected.push_back(std::move(odd));
    }
    if (failed) {
        file_change folder{"", dir, file_change::change_status::rejected, {}};
        folder.problems.push_back(file_problem(dir, yaml::severity::error, yaml::codes::unreadable,
                                               "the jobs folder cannot be read: " + failed.message(),
                                               "create it, or set jobs_dir in ulak.yaml"));
        all.rejected.push_back(std::move(folder));
    }
    std::ranges::sort(all.rejected, {}, &file_change::path);
    return all;
}

bool by_name(const file_change& a, const file_change& b)
{
    return std::tie(a.name, a.path) < std::tie(b.name, b.path);
}

} // namespace

catalog::catalog(std::string jobs_dir, job::load_environment around, kinds::load_context context,
                 std::span<const kinds::kind> known)
    : jobs_dir_(std::move(jobs_dir)),
      environment_(std::move(around)),
      load_context_(std::move(context)),
      known_kinds_(known)
{
    for (const auto& k : known_kinds_)
        tables_.push_back(k.definition);
}

catalog::loaded_ptr catalog::prepare(std::string text, const std::string& path, bool stored,
                                     yaml::problems& found) const
{
    auto file = job::decode(std::move(text), path, tables_, environment_, found);
    if (!file)
        return nullptr;
    const auto own =
        std::ranges::find(known_kinds_, file->kind, [](const kinds::kind& k) { return k.definition.name; });
    if (own == known_kinds_.end())
        return nullptr;
    auto job = std::make_shared<loaded_job>();
    auto around = *load_context_;
    around.for_stored_run = stored;
    job->prepared = own->prepare(*file, around, found);
    job->accounts = accounts_named(file->kind_keys->root_node());
    file->kind_keys.reset(); // the nodes are no longer needed
    job->document = std::move(*file);
    return job->prepared && !yaml::has_errors(found) ? job : nullptr;
}

file_change catalog::load_file(const std::string& name, const std::string& path, bool dry_run)
{
    file_change change{name, path, file_change::change_status::unchanged, {}};
    const auto known = entries_.find(name);
    auto text = yaml::read_file(path, change.problems);
    const loaded_ptr before = known == entries_.end() ? nullptr : known->second.good;
    const bool same = text && before && !known->second.broken() && before->document.source == *text;
    if (same && !environment_changed_) {
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
        if (good)
            entry.good = std::move(good);
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
    for (auto& odd : all.rejected) {
        if (!odd.name.empty() && all.jobs.emplace(odd.name, odd.path).second && !dry_run)
            entries_[odd.name] = job_entry{odd.name, odd.path, nullptr, odd.problems};
        changes.push_back(std::move(odd));
    }
    // A folder that cannot be read says nothing about its files: they stay as they are.
    for (auto at = entries_.begin(); readable && at != entries_.end();) {
        if (all.jobs.contains(at->first)) {
            ++at;
            continue;
        }
        changes.push_back(file_change{at->first, at->second.path, file_change::change_status::removed, {}});
        at = dry_run ? std::next(at) : entries_.erase(at);
    }
    if (!dry_run && readable)
        environment_changed_ = false;
    std::ranges::sort(changes, by_name);
    return changes;
}

void catalog::set_environment(job::load_environment around, kinds::load_context context)
{
    environment_ = std::move(around);
    load_context_.emplace(std::move(context));
    by_digest_.clear();
    environment_changed_ = true;
}

const job_entry* catalog::find(std::string_view name) const noexcept
{
    const auto found = entries_.find(std::string(name));
    return found == entries_.end() ? nullptr : &found->second;
}

/// Where the job's file is, or would be: what it names is relative to it.
std::string catalog::path_of(const std::string& name) const
{
    return (fs::path(jobs_dir_) / (name + ".yaml")).string();
}

std::shared_ptr<const loaded_job> catalog::from_text(const std::string& name, std::string text,
                                                     yaml::problems& found) const
{
    return prepare(std::move(text), path_of(name), false, found);
}

std::shared_ptr<const loaded_job> catalog::from_definition(const std::string& name, const std::string& text,
                                                           yaml::problems& found)
{
    if (const auto* now = find(name); now && now->good && now->good->document.source == text)
        return now->good;
    const auto key = name + "/" + http::sha256_hex(text);
    if (const auto known = by_digest_.find(key); known != by_digest_.end())
        if (auto alive = known->second.lock())
            return alive;
    std::erase_if(by_digest_, [](const auto& e) { return e.second.expired(); });
    auto job = prepare(text, path_of(name), true, found);
    if (job)
        by_digest_[key] = job;
    return job;
}

} // namespace ulak::engine
