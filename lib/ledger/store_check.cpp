// Whether the file is as it was written: what a start reads is checked before it, the rest beside the work.
#include "core/failpoint.hpp"
#include "ledger/damage.hpp"
#include "ledger/store.hpp"

#include <algorithm>
#include <fstream>

namespace ulak::ledger {
namespace {

/// A file of this size is checked whole in some tens of milliseconds.
constexpr std::int64_t small_file = 4 << 20;
/// Tables that a start reads from end to end. Of the others it reads what has no end yet, by an index.
constexpr const char* read_at_start[] = {"settings", "watermarks", "attention"};

constexpr std::chrono::hours between_whole_checks(7 * 24);
/// A start has better use for the processor.
constexpr std::chrono::seconds after_a_start(2);
/// Until a check that the growing log cut short is tried again.
constexpr std::chrono::minutes after_a_cut(10);
/// How often it is asked whether a check is over, and whether a disk that refused takes anything again.
constexpr std::chrono::seconds between_chores(1);

constexpr char checked_setting[] = "store:checked"; ///< when the whole file was found sound, in milliseconds
constexpr char boot_setting[] = "store:boot";       ///< of the machine, when the store was opened last

std::int64_t now_ms()
{
    return unix_ms(to_wall(std::chrono::system_clock::now()));
}

/// A fresh one at each start of the machine.
std::string boot_id()
{
    std::string id;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
    return id;
}

} // namespace

result<void> store::check(const char* how)
{
    auto verdict = db_->word(how);
    if (!verdict)
        return damaged(path_, verdict.error().message);
    if (*verdict != "ok")
        return damaged(path_, verdict->value_or("no answer"));
    return {};
}

bool store::is_small()
{
    auto size = db_->number("SELECT page_count*page_size FROM pragma_page_count,pragma_page_size");
    return size && size->value_or(0) <= small_file;
}

/// Without a sync that it could trust, as after a loss of power, a disk may have kept anything.
result<bool> store::machine_fell()
{
    auto before = db_->word("SELECT value FROM settings WHERE name=?", std::string(boot_setting));
    if (!before)
        return damaged(path_, before.error().message);
    const auto now = boot_id();
    const bool other = *before && **before != now;
    if (!*before || other)
        note(boot_setting, now);
    return had_log_ && other;
}

result<void> store::check_at_start()
{
    auto fell = machine_fell();
    if (!fell)
        return fell.error();
    if (auto ready = connect(); !ready) // if the note could not be written
        return ready;
    const auto now = std::chrono::steady_clock::now();
    next_look_ = now + between_whole_checks;
    if (is_small())
        return check("PRAGMA integrity_check(1)");
    next_look_ = now + after_a_start;
    if (*fell)
        return check("PRAGMA quick_check(1)");
    for (const std::string table : read_at_start)
        if (auto sound = check(("PRAGMA quick_check('" + table + "')").c_str()); !sound)
            return sound;
    return {};
}

bool store::whole_is_due()
{
    auto at = db_->word("SELECT value FROM settings WHERE name=?", std::string(checked_setting));
    if (!at || !*at)
        return true;
    const auto age = std::chrono::milliseconds(now_ms() - std::strtoll((*at)->c_str(), nullptr, 10));
    return age < age.zero() || age >= between_whole_checks;
}

/// What is lost with it is only looked for once more.
void store::note(const char* name, const std::string& value)
{
    auto done = db_->run("INSERT INTO settings(name,value) VALUES(?1,?2) ON CONFLICT DO UPDATE SET value=?2",
                         std::string(name), value);
    if (!done)
        give_up();
}

void store::look_on(bool idle)
{
    if (!mark_ || !db_ || !damage_.empty())
        return;
    if (examiner_ && examiner_->over())
        end_look();
    else if (!examiner_ && idle && !blocked() && std::chrono::steady_clock::now() >= next_look_)
        begin_look();
}

void store::begin_look()
{
    next_look_ = std::chrono::steady_clock::now() + after_a_cut;
    if (auto copied = db_->script("PRAGMA wal_checkpoint(TRUNCATE)"); copied)
        examiner_ = std::make_unique<examiner>(path_, whole_is_due() ? thoroughness::whole : thoroughness::quick);
}

void store::end_look()
{
    ULAK_FAILPOINT("store/looked");
    const auto how = examiner_->how();
    const auto verdict = examiner_->verdict();
    examiner_.reset();
    if (!verdict)
        return;
    next_look_ = std::chrono::steady_clock::now() + between_whole_checks;
    if (*verdict == "ok") {
        if (how == thoroughness::whole)
            note(checked_setting, std::to_string(now_ms()));
        return;
    }
    // Where somebody has put another file in its place, or the like, it was not ours that was looked at.
    if (auto sound = check("PRAGMA integrity_check(1)"); !sound)
        found_damaged(sound.error().message);
}

std::optional<std::chrono::milliseconds> store::next_chore() const
{
    if (in_memory() || (!mark_ && !blocked()))
        return std::nullopt;
    if (blocked() || examiner_)
        return between_chores;
    const auto left = next_look_ - std::chrono::steady_clock::now();
    return std::max<std::chrono::milliseconds>(between_chores, std::chrono::ceil<std::chrono::milliseconds>(left));
}

/// For good: what reads and writes such a file makes it worse.
void store::found_damaged(std::string message)
{
    damage_ = std::move(message);
    block(damage_);
}

} // namespace ulak::ledger
