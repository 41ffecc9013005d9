#include "ulakd/store_place.hpp"

#include "core/file_modes.hpp"

#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::daemon {

namespace fs = std::filesystem;

namespace {

// A mark that a stranger could plant would keep the daemon from starting.
bool is_ours(const std::string& folder)
{
    struct stat about = {};
    return ::stat(folder.c_str(), &about) == 0 && S_ISDIR(about.st_mode) && about.st_uid == ::geteuid() &&
           !others_can_write(about) && ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

// A mark in the state folder would go with it.
bool lies_in(const std::string& folder, const std::string& outer)
{
    const std::string below = fs::path(folder).lexically_relative(outer).string();
    return !below.empty() && !below.starts_with("..");
}

} // namespace

result<void> check_init_user(const settings& s)
{
    struct stat about = {};
    if (::geteuid() != 0 || ::stat(s.state_dir.c_str(), &about) != 0 || about.st_uid == 0)
        return {};
    const auto user = std::to_string(about.st_uid);
    return error(errc::conflict, s.state_dir + " is another user's; run it as that user: setpriv --reuid=" + user +
                                     " --regid=" + std::to_string(about.st_gid) + " --clear-groups ulakd --init ...");
}

ledger::store_opening store_opening_of(const settings& s, const std::string& lasting)
{
    ledger::store_opening opening;
    opening.may_create = s.may_create_store;
    if (s.simulated)
        return opening;
    if (is_ours(lasting))
        opening.marks.push_back({lasting, true});
    const std::string runtime = fs::path(s.socket).parent_path().string();
    std::error_code ignored; // the listener reports what is wrong with the folder
    fs::create_directories(runtime, ignored);
    if (is_ours(runtime) && !lies_in(runtime, s.state_dir))
        opening.marks.push_back({runtime, false});
    return opening;
}

} // namespace ulak::daemon
