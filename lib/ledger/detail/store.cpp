#include "ledger/detail/store.hpp"

#include "core/failpoint.hpp"
#include "ledger/detail/corruption.hpp"
#include "ledger/detail/folder_lock.hpp"
#include "ledger/detail/making_note.hpp"
#include "ledger/detail/store_presence.hpp"

#include <algorithm>

namespace ulak::ledger {
namespace {

constexpr int checkpoint_pages = 1'000;
constexpr int busy_checkpoint_pages = 16'000;  ///< 64 MB: a busy store must copy too, or its log grows for ever
constexpr int max_pages_during_check = 32'000; ///< 128 MB: a check is cut short rather than let the log grow on

} // namespace

result<store> store::open(const std::string& path)
{
    store made(std::make_unique<parts>(path, nullptr));
    if (auto ready = made.parts_->connection.connect(); !ready)
        return ready.error();
    if (auto sound = made.parts_->connection.verify("PRAGMA quick_check(1)"); !sound)
        return sound.error();
    return made;
}

result<store> store::open_folder(const std::string& folder, std::shared_ptr<health_monitor> monitor,
                                 const store_opening& opening)
{
    const auto path = folder + "/ulak.db";
    auto marks = far_marks(opening.marks, folder);
    const auto presence = find_store(folder, marks);
    if (!presence)
        return presence.error();
    if (*presence == store_presence::none && !opening.may_create)
        return nothing_to_open(folder);
    // A first store is made under a note, so that a start that is cut off is not taken for a lost store.
    const making_note note(folder);
    const bool first = *presence != store_presence::there;
    if (first) {
        if (auto noted = note.put(); !noted)
            return noted.error();
        ULAK_FAILPOINT("store/noted");
        if (auto file = create_private_file(path); !file)
            return file.error();
    }
    store made(std::make_unique<parts>(folder, path, monitor, std::move(marks)));
    if (auto ready = made.connect_folder(has_content(path + "-wal")); !ready)
        return ready.error();
    if (!first)
        return made;
    ULAK_FAILPOINT("store/first");
    if (auto removed = note.remove(); !removed)
        return removed.error();
    if (monitor)
        monitor->set_first();
    return made;
}

result<void> store::connect_folder(bool had_log)
{
    auto& connection = parts_->connection;
    auto ready = connection.connect();
    // A disk that was full when the last daemon ended. A store that another process has open keeps its ballast.
    if (!ready && ready.error().code != errc::conflict && parts_->reserve->release())
        ready = connection.connect();
    if (!ready)
        return ready;
    ULAK_FAILPOINT("store/opened");
    if (auto sound = parts_->checks.check_at_start(had_log); !sound)
        return sound;
    return finish_opening();
}

result<void> store::finish_opening()
{
    auto& [connection, gatekeeper, owner, reserve, checks, commits] = *parts_;
    if (auto filled = reserve->fill(); !filled)
        gatekeeper.set_blocked(filled.error().message);
    // What the last process wrote and could not sync is written once more.
    if (auto copied = connection.truncate_log(); !copied) {
        connection.disconnect();
        gatekeeper.set_blocked(copied.error().message);
        if (auto ready = connection.connect(); !ready)
            return ready;
    }
    ULAK_FAILPOINT("store/log-copied");
    auto doubt = owner->find_doubt();
    if (!doubt)
        return doubt.error();
    gatekeeper.set_held(*std::move(doubt));
    return {};
}

store::outcomes store::commit(batches group)
{
    auto& gatekeeper = parts_->gatekeeper;
    files_in_place();
    auto is_refused = [&gatekeeper](const batch* b) { return gatekeeper.refusal(*b).has_value(); };
    if (blocked() && std::ranges::any_of(group, is_refused))
        try_unblock();
    auto made = parts_->commits.commit(group);
    const bool full = blocked() && (parts_->connection.failure_code() & 0xff) == SQLITE_FULL;
    if (full && parts_->reserve && files_in_place() && parts_->reserve->release()) {
        ULAK_FAILPOINT("store/ballast-dropped");
        made = parts_->commits.commit(group);
    }
    return made;
}

error store::handle_read_failure(error why)
{
    auto& connection = parts_->connection;
    const bool damage = connection.connected() && is_corruption(connection.db().last_error_code());
    connection.disconnect();
    if (!damage || connection.in_memory())
        return why;
    parts_->gatekeeper.mark_damaged(corruption_error(connection.path(), why.message).message);
    return error(errc::unavailable, parts_->gatekeeper.damage());
}

void store::checkpoint(bool busy)
{
    auto& connection = parts_->connection;
    if (!connection.connected() || connection.in_memory())
        return;
    if (connection.checker() && connection.log_pages() < max_pages_during_check)
        return;
    connection.stop_checker(); // it is begun again later
    if (parts_->commits.purged()) {
        // What was purged leaves the log too, at once.
        ULAK_FAILPOINT("store/forget");
        if (connection.truncate_log())
            parts_->commits.forget_purge();
        return;
    }
    if (connection.log_pages() < (busy ? busy_checkpoint_pages : checkpoint_pages))
        return;
    ULAK_FAILPOINT("store/checkpoint");
    connection.copy_log();
    ULAK_FAILPOINT("store/checkpointed");
}

bool store::files_in_place()
{
    using finding = watched_file::finding;
    auto& [connection, gatekeeper, owner, reserve, checks, commits] = *parts_;
    if (gatekeeper.damaged())
        return false;
    const auto file = connection.look_at_file();
    if (file == finding::shorter) {
        gatekeeper.mark_damaged(corruption_error(connection.path(), connection.file().describe(file)).message);
        return false;
    }
    if (file != finding::none) {
        if (connection.connected() && !connection.checker() && connection.log_pages() > 0)
            connection.copy_log(); // so that the file alone is worth saving
        gatekeeper.set_blocked(connection.file().describe(file) + connection.file().remedy());
        return false;
    }
    const auto log = connection.look_at_log();
    return log == finding::none || rescue_log(log);
}

/// The kernel keeps a file that is open. What of the log can still be read is all of it, unless it was cut.
bool store::rescue_log(watched_file::finding what)
{
    auto& [connection, gatekeeper, owner, reserve, checks, commits] = *parts_;
    const auto sentence = connection.log().describe(what);
    connection.stop_checker();
    if (auto copied = connection.truncate_log(); !copied) {
        if (what == watched_file::finding::shorter)
            gatekeeper.mark_damaged(corruption_error(connection.path(), sentence).message);
        else
            gatekeeper.set_blocked(sentence + ", and " + copied.error().message);
        return false;
    }
    connection.disconnect(); // the next use makes a new log
    gatekeeper.set_blocked(sentence + "; what it held was written into " + connection.path());
    return true;
}

void store::background_check(bool idle)
{
    if (parts_->owner)
        parts_->checks.background_check(idle);
}

std::optional<std::chrono::milliseconds> store::next_maintenance() const
{
    const bool in_folder = parts_->owner.has_value();
    if (parts_->connection.in_memory() || (!in_folder && !blocked()))
        return std::nullopt;
    return file_checks::poll_interval;
}

void store::try_unblock()
{
    auto& [connection, gatekeeper, owner, reserve, checks, commits] = *parts_;
    if (!blocked())
        return;
    if (gatekeeper.damaged())
        return gatekeeper.set_blocked(gatekeeper.damage());
    if (!files_in_place())
        return;
    // Room for outcomes first, then a write, then the file as a whole.
    if (reserve)
        if (auto filled = reserve->fill(); !filled)
            return gatekeeper.set_blocked(filled.error().message);
    ULAK_FAILPOINT("store/ballast-filled");
    if (auto ready = connection.connect(); !ready)
        return gatekeeper.set_blocked(ready.error().message);
    if (auto wrote = commits.probe(); !wrote) {
        connection.disconnect();
        return gatekeeper.set_blocked(wrote.error().message);
    }
    if (auto sound = connection.verify("PRAGMA quick_check(1)"); !sound)
        return gatekeeper.mark_damaged(sound.error().message);
    gatekeeper.set_blocked({});
    ULAK_FAILPOINT("store/unblocked");
}

result<void> store::begin_copy(const std::string& path)
{
    auto& connection = parts_->connection;
    if (auto ready = connection.connect(); !ready)
        return ready;
    return connection.start_copy(path);
}

result<bool> store::copy_piece()
{
    auto* copy = parts_->connection.copy();
    if (!copy)
        return error(errc::unavailable, "the store failed while it was copied: see `ulakctl health`");
    auto done = copy->copy_piece();
    if (!done)
        parts_->connection.stop_copy();
    return done;
}

result<void> store::end_copy(bool good)
{
    auto* copy = parts_->connection.copy();
    if (!copy)
        return error(errc::unavailable, "the store failed while it was copied: see `ulakctl health`");
    auto named = good ? copy->publish() : result<void>();
    parts_->connection.stop_copy();
    return named;
}

result<void> store::begin_check()
{
    auto& connection = parts_->connection;
    if (connection.in_memory())
        return error(errc::unsupported, "a store in memory has no file to check");
    if (auto ready = connection.connect(); !ready)
        return ready;
    return parts_->checks.check_now();
}

result<std::optional<std::string>> store::check_report()
{
    return parts_->checks.report_of_now();
}

result<void> store::adopt()
{
    auto& [connection, gatekeeper, owner, reserve, checks, commits] = *parts_;
    if (!gatekeeper.held())
        return error(errc::conflict, "this state folder is its daemon's own already");
    if (auto ready = connection.connect(); !ready)
        return ready;
    if (auto own = owner->claim(); !own) {
        connection.disconnect();
        gatekeeper.set_blocked(own.error().message);
        return own;
    }
    gatekeeper.set_held({});
    return {};
}

} // namespace ulak::ledger
