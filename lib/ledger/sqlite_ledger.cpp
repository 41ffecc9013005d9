#include "ledger/sqlite_ledger.hpp"

#include "ledger/detail/queued_ledger.hpp"
#include "ledger/detail/store_presence.hpp"
#include "ledger/detail/writer_thread.hpp"

namespace ulak::ledger {

result<std::unique_ptr<ledger>> open_sqlite(executor loop, const std::string& state_dir, health_callback changed,
                                            const store_opening& opening)
{
    // The lock comes first: nobody else may touch the folder while the store is opened and checked. A folder that is
    // gone is not made anew where it would hide that.
    auto may_make = [&]() -> result<void> {
        auto found = find_store(state_dir, far_marks(opening.marks, state_dir));
        if (!found)
            return found.error();
        if (*found == store_presence::none && !opening.may_create)
            return nothing_to_open(state_dir);
        return {};
    };
    auto lock = folder_lock::take(state_dir, may_make);
    if (!lock)
        return lock.error();
    auto monitor = std::make_shared<health_monitor>(loop, std::move(changed));
    auto opened = store::open_folder(state_dir, monitor, opening);
    if (!opened)
        return opened.error();
    auto thread = std::make_unique<writer_thread>(*std::move(opened), loop);
    return std::unique_ptr<ledger>(
        std::make_unique<queued_ledger>(loop, *std::move(lock), std::move(monitor), std::move(thread)));
}

} // namespace ulak::ledger
