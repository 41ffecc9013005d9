#include "ulakctl/diagnose_machine.hpp"

#include "core/file_modes.hpp"
#include "core/text.hpp"
#include "ulakd/check.hpp"

#include <fmt/core.h>

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace ulak::ctl {

namespace fs = std::filesystem;

namespace {

using state = check_result::severity;

/// SQLite needs room for its log and a checkpoint; below this a busy day may fill the rest.
constexpr std::uintmax_t low_space = 200ull * 1024 * 1024;
constexpr std::uintmax_t critical_space = 20ull * 1024 * 1024;
constexpr std::uintmax_t mebibyte = 1024 * 1024;
constexpr mode_t for_others = 077;

void diagnose_writers(const std::string& path, check_results& all)
{
    struct stat about = {};
    if (::stat(path.c_str(), &about) == 0 && others_can_write(about))
        all.push_back({"files", state::failed, path + " can be changed by others", "chmod go-w " + path});
}

void diagnose_secret(const fs::path& path, check_results& all, std::size_t& sound)
{
    struct stat about = {};
    if (::stat(path.c_str(), &about) != 0)
        all.push_back({"secrets", state::warning, path.string() + ": " + std::strerror(errno), {}});
    else if ((about.st_mode & for_others) != 0)
        all.push_back(
            {"secrets", state::failed, path.string() + " can be read by others", "chmod 600 " + path.string()});
    else
        ++sound;
}

} // namespace

daemon::settings diagnose_files(const arguments& a, check_results& all)
{
    const auto report = daemon::check_files(a.config, {}, a.literal_secrets);
    const auto errors = std::count_if(report.problems.begin(), report.problems.end(),
                                      [](const yaml::problem& p) { return p.level == yaml::severity::error; });
    diagnose_writers(a.config, all);
    if (errors == 0)
        all.push_back({"files", state::ok, "no problems in " + a.config + " and " + counted(report.jobs, "job"), {}});
    else if (::access(a.config.c_str(), R_OK) != 0)
        all.push_back({"files", state::failed, a.config + ": " + std::strerror(errno),
                       "name another file with --config, or ask as root"});
    else
        all.push_back({"files", ::geteuid() == 0 ? state::failed : state::warning,
                       counted(static_cast<std::size_t>(errors), "problem"),
                       ::geteuid() == 0
                           ? "ulakctl check says which"
                           : "ulakctl check says which; secrets can be read by root alone: sudo ulakctl doctor"});
    yaml::problems told_already;
    return daemon::read_settings(a.config, a.literal_secrets, told_already);
}

void diagnose_clock(check_results& all)
{
    struct timex clock = {};
    const int how = ::adjtimex(&clock);
    if (how < 0)
        all.push_back({"clock", state::skipped, std::string("the kernel does not tell: ") + std::strerror(errno), {}});
    else if (how == TIME_ERROR || (clock.status & STA_UNSYNC) != 0)
        all.push_back({"clock", state::warning, "nothing keeps it right; schedules and sending windows follow it",
                       "timedatectl set-ntp true, or install chrony"});
    else
        all.push_back({"clock", state::ok, "kept right", {}});
    if (auto zone = time_zone::find("Europe/Istanbul"); !zone)
        all.push_back({"zones", state::failed, zone.error().message, "apt-get install tzdata"});
}

void diagnose_secrets(const daemon::settings& settings, check_results& all)
{
    const fs::path folder = fs::path(settings.config_dir) / "secrets";
    std::error_code failed;
    std::size_t sound = 0;
    const std::size_t before = all.size();
    if (!fs::exists(folder, failed)) {
        all.push_back({"secrets", state::warning, "there is no folder " + folder.string(),
                       "install -d -m 700 " + folder.string()});
        return;
    }
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
        diagnose_secret(at->path(), all, sound);
    if (failed)
        all.push_back({"secrets", state::skipped, folder.string() + ": " + failed.message(), "sudo ulakctl doctor"});
    else if (all.size() == before)
        all.push_back({"secrets", state::ok, fmt::format("{} in {}, for nobody else", sound, folder.string()), {}});
}

void diagnose_disk(const daemon::settings& settings, check_results& all)
{
    struct statvfs about = {};
    if (settings.state_dir.empty() || ::statvfs(settings.state_dir.c_str(), &about) != 0) {
        all.push_back({"disk", state::warning, settings.state_dir + ": " + std::strerror(errno),
                       "ulakd makes it at its first start"});
        return;
    }
    const std::uintmax_t free = std::uintmax_t(about.f_bavail) * about.f_frsize;
    const std::string seen = fmt::format("{} MiB are free for {}", free / mebibyte, settings.state_dir);
    if (free < critical_space || (about.f_files > 0 && about.f_favail == 0))
        all.push_back({"disk", state::failed, seen, "free some: without it nothing that costs is begun"});
    else if (free < low_space || (about.f_flag & ST_RDONLY) != 0)
        all.push_back({"disk", state::warning, seen, "free some before it runs out"});
    else
        all.push_back({"disk", state::ok, seen, {}});
}

} // namespace ulak::ctl
