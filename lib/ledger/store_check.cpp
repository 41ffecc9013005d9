// Whether the file is as it was written: what a start reads is checked before it, the rest beside the work.
#include "core/failpoint.hpp"
#include "ledger/detail/corruption.hpp"
#include "ledger/detail/store.hpp"

#include <algorithm>
#include <fstream>

namespace ulak::ledger {
namespace {

/// A file of this size is checked whole in some tens of milliseconds.
constexpr std::int64_t small_file_bytes = 4 << 20;
/// Tables that a start reads from end to end. Of the others it reads what has no end yet, by an index.
constexpr const char* tables_read_at_start[] = {"settings", "watermarks", "attention"};

constexpr std::chrono::hours full_check_interval(7 * 24);
/// A start has better use for the processor.
constexpr std::chrono::seconds check_delay_after_start(2);
/// Until a check that the growing log cut short is tried again.
constexpr std::chrono::minutes check_delay_after_abort(10);
/// How often it is asked whether a check is over, and whether a disk that refused takes anything again.
constexpr std::chrono::seconds maintenance_interval(1);

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
    auto verdict = db_->query_text(how);
    if (!verdict)
        return corruption_error(path_, verdict.error().message);
    if (*verdict != "ok")
        return corruption_error(path_, verdict->value_or("no answer"));
    return {};
}

bool store::is_small()
{
    auto size = db_->query_integer("SELECT page_count*page_size FROM pragma_page_count,pragma_page_size");
    return size && size->value_or(0) <= small_file_bytes;
}

/// Without a sync that it could trust, as after a loss of power, a disk may have kept anything.
result<bool> store::lost_power()
{
    auto before = db_->query_text("SELECT value FROM settings WHERE name=?", std::string(boot_setting));
    if (!before)
        return corruption_error(path_, before.error().message);
    const auto now = boot_id();
    const bool other = *before && **before != now;
    if (!*before || other)
        write_setting(boot_setting, now);
    return had_log_ && other;
}

result<void> store::check_at_start()
{
    auto fell = lost_power();
    if (!fell)
        return fell.error();
    if (auto ready = connect(); !ready) // if the note could not be written
        return ready;
    const auto now = std::chrono::steady_clock::now();
    next_check_ = now + full_check_interval;
    if (is_small())
        return check("PRAGMA integrity_check(1)");
    next_check_ = now + check_delay_after_start;
    if (*fell)
        return check("PRAGMA quick_check(1)");
    for (const std::string table : tables_read_at_start)
        if (auto sound = check(("PRAGMA quick_check('" + table + "')").c_str()); !sound)
            return sound;
    return {};
}

bool store::full_check_due()
{
    auto at = db_->query_text("SELECT value FROM settings WHERE name=?", std::string(checked_setting));
    if (!at || !*at)
        return true;
    const auto age = std::chrono::milliseconds(now_ms() - std::strtoll((*at)->c_str(), nullptr, 10));
    return age < age.zero() || age >= full_check_interval;
}

/// What is lost with it is only looked for once more.
void store::write_setting(const char* name, const std::string& value)
{
    auto done = db_->execute("INSERT INTO settings(name,value) VALUES(?1,?2) ON CONFLICT DO UPDATE SET value=?2",
                         std::string(name), value);
    if (!done)
        disconnect();
}

void store::background_check(bool idle)
{
    if (!mark_ || !db_ || !damage_.empty())
        return;
    if (checker_ && checker_->finished())
        finish_background_check();
    else if (!checker_ && idle && !blocked() && std::chrono::steady_clock::now() >= next_check_)
        start_background_check();
}

void store::start_background_check()
{
    next_check_ = std::chrono::steady_clock::now() + check_delay_after_abort;
    if (auto copied = db_->execute_script("PRAGMA wal_checkpoint(TRUNCATE)"); copied)
        checker_ = std::make_unique<integrity_checker>(path_, full_check_due() ? check_depth::full : check_depth::quick);
}

void store::finish_background_check()
{
    ULAK_FAILPOINT("store/looked");
    const auto how = checker_->depth();
    const auto verdict = checker_->report();
    checker_.reset();
    if (!verdict)
        return;
    next_check_ = std::chrono::steady_clock::now() + full_check_interval;
    if (*verdict == "ok") {
        if (how == check_depth::full)
            write_setting(checked_setting, std::to_string(now_ms()));
        return;
    }
    // Where somebody has put another file in its place, or the like, it was not ours that was looked at.
    if (auto sound = check("PRAGMA integrity_check(1)"); !sound)
        mark_damaged(sound.error().message);
}

std::optional<std::chrono::milliseconds> store::next_maintenance() const
{
    if (in_memory() || (!mark_ && !blocked()))
        return std::nullopt;
    if (blocked() || checker_)
        return maintenance_interval;
    const auto left = next_check_ - std::chrono::steady_clock::now();
    return std::max<std::chrono::milliseconds>(maintenance_interval, std::chrono::ceil<std::chrono::milliseconds>(left));
}

/// For good: what reads and writes such a file makes it worse.
void store::mark_damaged(std::string message)
{
    damage_ = std::move(message);
    set_blocked(damage_);
}

} // namespace ulak::ledger
