#include "engine/detail/jobs_folder.hpp"

#include "core/text.hpp"
#include "yaml/codes.hpp"

#include <algorithm>
#include <filesystem>

namespace ulak::engine {

namespace fs = std::filesystem;

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

folder_listing list_folder(const std::string& dir)
{
    folder_listing all;
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
        file_change bad{printable(name), wrong->at.file, file_change::change_status::rejected, {}};
        bad.problems.push_back(std::move(*wrong));
        all.rejected.push_back(std::move(bad));
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

} // namespace ulak::engine
