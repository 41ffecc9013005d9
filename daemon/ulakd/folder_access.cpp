#include "ulakd/folder_access.hpp"

#include "core/file_modes.hpp"
#include "yaml/codes.hpp"

#include <sys/stat.h>

namespace ulak::daemon {

namespace {

// In a folder with the sticky bit, as /tmp, nobody replaces the files of others.
bool is_open(const std::string& folder)
{
    struct stat about = {};
    return ::stat(folder.c_str(), &about) == 0 && others_can_write(about) && (about.st_mode & S_ISVTX) == 0;
}

void report_open_folder(const std::string& folder, const std::string& what, yaml::problems& found)
{
    if (!folder.empty() && is_open(folder))
        found.push_back({{folder, 0, 0},
                         yaml::severity::warning,
                         std::string(yaml::codes::open_to_others),
                         "others can put files into " + what,
                         "run: chmod go-w " + folder,
                         {}});
}

constexpr char config_folder_name[] = "the folder of ulak.yaml";

} // namespace

void check_folders(const settings& s, yaml::problems& found)
{
    report_open_folder(s.config_dir, config_folder_name, found);
    if (s.jobs_dir != s.config_dir)
        report_open_folder(s.jobs_dir, "the jobs folder", found);
    report_open_folder(s.config_dir + "/secrets", "the secrets folder", found);
}

void refuse_open_files(yaml::problems& found)
{
    for (yaml::problem& p : found)
        if (p.code == yaml::codes::open_to_others && !p.text.ends_with(config_folder_name))
            p.level = yaml::severity::error;
}

} // namespace ulak::daemon
