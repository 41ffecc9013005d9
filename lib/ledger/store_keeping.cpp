// When the store may not be spent by: a disk that refuses, a folder that is not its own.
#include "ledger/store.hpp"

#include "core/failpoint.hpp"
#include "core/ids.hpp"

#include <algorithm>
#include <chrono>

namespace ulak::ledger {
namespace {

constexpr char look_first[] = "; nothing costly is done until a person has compared the providers' own lists with what"
                              " `ulakctl attention` and `ulakctl runs` show, and says `ulakctl adopt`";

/// What begins something. All else settles what has happened already, and is tried as long as anything can be written.
struct beginning {
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
    if (!std::ranges::any_of(changes, [](const change& c) { return std::visit(beginning(), c); }))
        return std::nullopt;
    // A call that was made past its gate: the dispatch is only written together with its outcome.
    if (std::ranges::any_of(changes, [](const change& c) {
            const auto* move = std::get_if<move_effect>(&c);
            return move != nullptr && move->to != effect_state::dispatched;
        }))
        return std::nullopt;
    return held_.empty() ? error(errc::unavailable, blocked_) : error(errc::paused, held_);
}

void store::block(std::string why)
{
    blocked_ = std::move(why);
    if (board_)
        board_->block(blocked_);
}

void store::try_again()
{
    if (!blocked())
        return;
    if (!damage_.empty())
        return block(damage_);
    if (ballast_)
        if (auto room = ballast_->fill(); !room)
            return block(room.error().message);
    ULAK_FAILPOINT("store/ballast-filled");
    if (auto ready = connect(); !ready)
        return block(ready.error().message);
    if (auto wrote = probe(); !wrote) {
        give_up();
        return block(wrote.error().message);
    }
    if (auto sound = check("PRAGMA quick_check(1)"); !sound)
        return found_damaged(sound.error().message);
    block({});
    ULAK_FAILPOINT("store/unblocked");
}

result<void> store::probe()
{
    if (in_memory())
        return {};
    if (auto begun = db_->run("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    ticket_ = true;
    if (auto written = write_ticket(); !written)
        return written;
    if (auto committed = db_->run("COMMIT"); !committed)
        return committed.error();
    kept();
    return {};
}

result<void> store::settle_in()
{
    if (auto room = ballast_->fill(); !room)
        block(room.error().message);
    // What the last process wrote and could not sync is written once more.
    if (auto copied = db_->script("PRAGMA wal_checkpoint(TRUNCATE)"); !copied) {
        give_up();
        block(copied.error().message);
        if (auto ready = connect(); !ready)
            return ready;
    }
    ULAK_FAILPOINT("store/log-copied");
    auto doubt = doubts();
    if (!doubt)
        return doubt.error();
    held_ = *std::move(doubt);
    board_->hold(held_);
    return {};
}

/// Why this folder may not be the one that the store was written in. A store without a mark of its own is new, or from
/// before there were marks.
result<std::string> store::doubts()
{
    auto id = db_->word("SELECT value FROM settings WHERE name='store:id'");
    if (!id)
        return id.error();
    if (!*id) {
        if (auto own = take_over(); !own)
            return own.error();
        return std::string();
    }
    auto place = db_->word("SELECT value FROM settings WHERE name='store:place'");
    if (!place)
        return place.error();
    const auto mark = mark_->read();
    if (place->value_or("") != place_of(path_))
        return path_ + " is a copy, or was moved here: another ulakd may work with the original" + look_first;
    if (!mark || mark->id != **id)
        return path_ + " is not the store that this folder held: it was put back, or ulak.mark was" + look_first;
    if (mark->commits > commits_)
        return path_ + " knows " + std::to_string(commits_) + " commits, and this folder has seen " +
               std::to_string(mark->commits) + ": it was put back from a backup, or ulak.db-wal is lost" + look_first;
    return std::string();
}

/// The mark first: a store that names another one is held, one that names none is not.
result<void> store::take_over()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    folder_mark::content c;
    c.id = make_ulid(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    c.commits = commits_;
    if (auto marked = mark_->write(c); !marked)
        return marked;
    ULAK_FAILPOINT("store/marked");
    constexpr char put[] = "INSERT INTO settings(name,value) VALUES(?1,?2) ON CONFLICT DO UPDATE SET value=?2";
    if (auto begun = db_->run("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    auto done = db_->run(put, "store:id", c.id);
    if (done)
        done = db_->run(put, "store:place", place_of(path_));
    if (done)
        done = db_->run("COMMIT");
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
    if (auto own = take_over(); !own) {
        give_up();
        block(own.error().message);
        return own;
    }
    held_.clear();
    board_->hold({});
    return {};
}

} // namespace ulak::ledger
