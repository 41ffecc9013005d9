#include "ledger/detail/store_presence.hpp"

#include "core/file_modes.hpp"
#include "core/text.hpp"
#include "ledger/detail/making_note.hpp"

#include <sys/stat.h>

namespace ulak::ledger {
namespace {

constexpr const char* trace_names[] = {"ulak.db",         "ulak.db-wal", "ulak.db-shm",
                                       "ulak.db-journal", "ulak.mark",   "ulak.ballast"};

error lost(const std::string& what)
{
    return error(errc::not_found,
                 what + "; with ulakd stopped, put the whole folder back from where it was moved or from a backup. To "
                        "begin anew, without the opt-outs, budgets and open numbers of that store, as "
                        "ulakd's user: ulakd --init --forget");
}

error forbidden(const std::string& path, const char* what, const std::string& command)
{
    return error(errc::forbidden, "others can " + std::string(what) + " " + path + "; run: " + command + " " + path);
}

/// The folder is no secret itself, but the store in it is.
result<void> check_modes(const std::string& folder, const std::string& db)
{
    struct stat around = {};
    if (::stat(folder.c_str(), &around) != 0)
        return {};
    if (others_can_write(around))
        return forbidden(folder, "write into the state folder", "chmod go-w");
    struct stat about = {};
    if (::stat(db.c_str(), &about) != 0)
        return {};
    if (others_can_write(about))
        return forbidden(db, "write to", "chmod 600");
    if (others_can_read(about) && others_can_enter(around))
        return forbidden(db, "read", "chmod 600");
    return {};
}

} // namespace

error nothing_to_open(const std::string& folder)
{
    return error(errc::not_found, "there is no store in " + folder +
                                      ": the first one is made by ulakd --init, an earlier one comes from a backup");
}

std::vector<std::string> traces_in(const std::string& folder)
{
    std::vector<std::string> found;
    struct stat about = {};
    for (const char* name : trace_names)
        if (::lstat((folder + "/" + name).c_str(), &about) == 0)
            found.emplace_back(name);
    return found;
}

result<store_presence> find_store(const std::string& folder, const std::vector<far_mark>& marks)
{
    const auto path = folder + "/ulak.db";
    if (auto safe = check_modes(folder, path); !safe)
        return safe.error();
    struct stat about = {};
    const bool there = ::lstat(path.c_str(), &about) == 0;
    if (there && !S_ISREG(about.st_mode))
        return error(errc::unsupported, path + " is no plain file; name the folder that holds it as state_dir");
    if (making_note(folder).there())
        return store_presence::unfinished;
    if (there && about.st_size > 0)
        return store_presence::there;
    if (there)
        return lost(path + " is empty: it was cut, and what it held is gone");
    if (const auto left = traces_in(folder); !left.empty())
        return lost(path + " is missing, and " + join(left, ", ") + " beside it shows that there was a store");
    for (const auto& mark : marks)
        if (mark.read())
            return lost("there is no store in " + folder + ", and " + mark.path() +
                        " shows that there was one: it was emptied or moved, or its disk is not mounted");
    return store_presence::none;
}

} // namespace ulak::ledger
