#include "ulakd/check.hpp"

#include "core/text.hpp"
#include "core/utf8.hpp"
#include "kinds/registry.hpp"
#include "ulakd/codes.hpp"
#include "ulakd/folder_access.hpp"
#include "ulakd/job_check.hpp"
#include "ulakd/offline_accounts.hpp"
#include "yaml/problem_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace ulak::daemon {

namespace fs = std::filesystem;

namespace {

job::load_environment load_environment_of(const settings& s)
{
    job::load_environment around;
    around.zone = s.zone;
    around.now = to_wall(std::chrono::system_clock::now());
    for (const channel_settings& c : s.channels)
        around.channels.push_back(c.name);
    return around;
}

std::vector<std::string> job_files_in(const std::string& dir, yaml::problems& found)
{
    std::vector<std::string> files;
    std::error_code problem;
    for (fs::directory_iterator at(dir, problem), end; !problem && at != end; at.increment(problem))
        if (at->path().extension() == ".yaml" && !at->path().filename().string().starts_with('.'))
            files.push_back(at->path().string());
    if (problem)
        found.push_back({{dir, 0, 0},
                         yaml::severity::error,
                         code::path,
                         "the jobs folder cannot be read: " + problem.message(),
                         {},
                         {}});
    std::sort(files.begin(), files.end());
    return files;
}

// Relative to the current folder where the file is below it.
std::string display_path(const std::string& file)
{
    std::error_code problem;
    const fs::path near = fs::proximate(file, problem);
    return problem || near.empty() || *near.begin() == ".." ? file : near.string();
}

} // namespace

check_report check_files(const std::string& config, const std::vector<std::string>& job_files,
                         bool allow_literal_secrets)
{
    // ulak.yaml first: the jobs are checked against its accounts and channels.
    check_report report;
    const settings loaded = read_settings(config, allow_literal_secrets, report.problems);
    check_folders(loaded, report.problems);
    const bool sound = !yaml::has_errors(report.problems);
    refuse_open_files(report.problems); // before the jobs are read: one that is open to others is only warned of
    const offline_accounts accounts(loaded, report.problems);
    const job::load_environment around = load_environment_of(loaded);
    const kinds::load_context context{accounts.all(), loaded.config_dir, loaded.zone};
    const auto tables = kinds::kind_tables();
    // The jobs folder is known only if ulak.yaml could be read.
    const bool listed = job_files.empty() && !loaded.jobs_dir.empty();
    const auto files = listed ? job_files_in(loaded.jobs_dir, report.problems) : job_files;
    // A file of the folder has to lie there; one that was named may lie anywhere but among the secrets.
    const file_fence fence{listed ? loaded.jobs_dir : std::string(), secret_folders(loaded.config_dir)};
    for (const std::string& path : files)
        check_job(path, tables, around, sound ? &context : nullptr, fence, report.problems);
    report.jobs = files.size();
    for (yaml::problem& p : report.problems)
        p.at.file = display_path(p.at.file);
    yaml::sort(report.problems);
    return report;
}

std::string check_text(const check_report& report, bool colour)
{
    std::string text;
    for (const yaml::problem& p : report.problems)
        text += yaml::to_text(p, colour);
    const auto errors = std::count_if(report.problems.begin(), report.problems.end(),
                                      [](const yaml::problem& p) { return p.level == yaml::severity::error; });
    if (errors == 0)
        return text + "no problems in the configuration and " + counted(report.jobs, "job") + "\n";
    return text + counted(static_cast<std::size_t>(errors), "error") + "\n";
}

std::string check_json(const check_report& report)
{
    boost::json::array problems;
    for (const yaml::problem& p : report.problems)
        problems.push_back(yaml::to_json_with_line(p));
    boost::json::object all;
    all["problems"] = std::move(problems);
    all["jobs"] = report.jobs;
    return to_valid_utf8(boost::json::serialize(all)) + "\n"; // a file's name may be anything
}

} // namespace ulak::daemon
