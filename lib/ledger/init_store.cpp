#include "ledger/init_store.hpp"

#include "ledger/detail/folder_lock.hpp"
#include "ledger/detail/making_note.hpp"
#include "ledger/detail/store.hpp"
#include "ledger/detail/store_presence.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace ulak::ledger {
namespace {

/// A log without its file may still hold what somebody wants to look for, so nothing is deleted.
result<void> forget_store(const std::string& folder, std::vector<far_mark>& marks)
{
    if (has_content(folder + "/ulak.db") && !making_note(folder).there())
        return error(errc::conflict, "there is a store in " + folder + ": to begin anew, move the folder away first");
    const auto suffix = ".forgotten-" + std::to_string(std::time(nullptr));
    for (const auto& name : traces_in(folder)) {
        const auto path = folder + "/" + name;
        if (std::rename(path.c_str(), (path + suffix).c_str()) != 0)
            return error(errc::unavailable, path + " cannot be renamed: " + std::strerror(errno));
    }
    for (auto& mark : marks)
        mark.remove();
    return {};
}

} // namespace

result<bool> init_store(const std::string& state_dir, const store_opening& opening, bool forget)
{
    auto marks = far_marks(opening.marks, state_dir);
    auto may_make = [&]() -> result<void> {
        auto found = find_store(state_dir, marks);
        if (!found && !forget)
            return found.error();
        return {};
    };
    auto lock = folder_lock::take(state_dir, may_make);
    if (!lock)
        return lock.error();
    if (forget)
        if (auto done = forget_store(state_dir, marks); !done)
            return done.error();
    const auto found = find_store(state_dir, marks);
    if (!found)
        return found.error();
    if (*found == store_presence::there)
        return false;
    if (auto made = store::open_folder(state_dir, nullptr, opening); !made)
        return made.error();
    return true;
}

} // namespace ulak::ledger
