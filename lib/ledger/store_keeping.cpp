// When the store may not be spent by: a disk that refuses, a folder that is not its own.
#include "ledger/detail/store.hpp"

#include "core/failpoint.hpp"
#include "core/ids.hpp"

#include <algorithm>
#include <chrono>

namespace ulak::ledger {
namespace {

constexpr char adoption_advice[] = "; nothing costly is done until a person has compared the providers' own lists with what"
                              " `ulakctl attention` and `ulakctl runs` show, and says `ulakctl adopt`";

/// What begins something. All else settles what has happened already, and is tried as long as anything can be written.
struct starts_something {
    bool operator()(const create_run&) const noexcept { return true; }
    bool operator()(const intend&) const noexcept { return true; }
    bool operator()(const move_effect& c) const noexcept { return c.to == effect_state::dispatched; }
    template<class Other>
    bool operator()(const Other&) const noexcept
    {
        return false;
    }
};

} // namespace

std::optional<error> store::refusal(const batch& changes) const
{
    if (held_.empty() && blocked_.empty())
        return std::nullopt;
    if (!std::ranges::any_of(changes, [](const change& c) { return std::visit(starts_something(), c); }))
        return std::nullopt;
    // A call that was made past its gate: the dispatch is only written together with its outcome.
    if (std::ranges::any_of(changes, [](const change& c) {
            const auto* move = std::get_if<move_effect>(&c);
            return move != nullptr && move->to != effect_state::dispatched;
        }))
        return std::nullopt;
    return held_.empty() ? error(errc::unavailable, blocked_) : error(errc::paused, held_);
}

void store::set_blocked(std::string why)
{
    blocked_ = std::move(why);
    if (monitor_)
        monitor_->set_blocked(blocked_);
}

void store::try_unblock()
{
    if (!blocked())
        return;
    if (!damage_.empty())
        return set_blocked(damage_);
    if (ballast_)
        if (auto room = ballast_->fill(); !room)
            return set_blocked(room.error().message);
    ULAK_FAILPOINT("store/ballast-filled");
    if (auto ready = connect(); !ready)
        return set_blocked(ready.error().message);
    if (auto wrote = probe_write(); !wrote) {
        disconnect();
        return set_blocked(wrote.error().message);
    }
    if (auto sound = check("PRAGMA quick_check(1)"); !sound)
        return mark_damaged(sound.error().message);
    set_blocked({});
    ULAK_FAILPOINT("store/unblocked");
}

result<void> store::probe_write()
{
    if (in_memory())
        return {};
    if (auto begun = db_->execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    numbered_ = true;
    if (auto written = write_commit_number(); !written)
        return written;
    if (auto committed = db_->execute("COMMIT"); !committed)
        return committed.error();
    count_commit();
    return {};
}

result<void> store::finish_opening()
{
    if (auto room = ballast_->fill(); !room)
        set_blocked(room.error().message);
    // What the last process wrote and could not sync is written once more.
    if (auto copied = db_->execute_script("PRAGMA wal_checkpoint(TRUNCATE)"); !copied) {
        disconnect();
        set_blocked(copied.error().message);
        if (auto ready = connect(); !ready)
            return ready;
    }
    ULAK_FAILPOINT("store/log-copied");
    auto doubt = find_ownership_doubt();
    if (!doubt)
        return doubt.error();
    held_ = *std::move(doubt);
    monitor_->set_held(held_);
    return {};
}

/// Why this folder may not be the one that the store was written in. A store without a mark of its own is new, or from
/// before there were marks.
result<std::string> store::find_ownership_doubt()
{
    auto id = db_->query_text("SELECT value FROM settings WHERE name='store:id'");
    if (!id)
        return id.error();
    if (!*id) {
        if (auto own = claim_folder(); !own)
            return own.error();
        return std::string();
    }
    auto place = db_->query_text("SELECT value FROM settings WHERE name='store:place'");
    if (!place)
        return place.error();
    const auto mark = mark_->read();
    if (place->value_or("") != file_identity(path_))
        return path_ + " is a copy, or was moved here: another ulakd may work with the original" + adoption_advice;
    if (!mark || mark->id != **id)
        return path_ + " is not the store that this folder held: it was put back, or ulak.mark was" + adoption_advice;
    if (mark->commits > commits_)
        return path_ + " knows " + std::to_string(commits_) + " commits, and this folder has seen " +
               std::to_string(mark->commits) + ": it was put back from a backup, or ulak.db-wal is lost" + adoption_advice;
    return std::string();
}

/// The mark first: a store that names another one is held, one that names none is not.
result<void> store::claim_folder()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    folder_mark::content c;
    c.id = make_ulid(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    c.commits = commits_;
    if (auto marked = mark_->write(c); !marked)
        return marked;
    ULAK_FAILPOINT("store/marked");
    constexpr char put[] = "INSERT INTO settings(name,value) VALUES(?1,?2) ON CONFLICT DO UPDATE SET value=?2";
    if (auto begun = db_->execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    auto done = db_->execute(put, "store:id", c.id);
    if (done)
        done = db_->execute(put, "store:place", file_identity(path_));
    if (done)
        done = db_->execute("COMMIT");
    ULAK_FAILPOINT("store/taken-over");
    if (!done)
        return done.error();
    return {};
}

result<void> store::adopt()
{
    if (held_.empty())
        return error(errc::conflict, "this state folder is its daemon's own already");
    if (auto ready = connect(); !ready)
        return ready;
    if (auto own = claim_folder(); !own) {
        disconnect();
        set_blocked(own.error().message);
        return own;
    }
    held_.clear();
    monitor_->set_held({});
    return {};
}

} // namespace ulak::ledger
