#include "ledger/detail/file_checks.hpp"

#include "core/failpoint.hpp"
#include "core/wall_time.hpp"
#include "ledger/detail/corruption.hpp"

#include <cstdlib>
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

bool file_checks::is_small()
{
    auto size = connection_.db().query_integer("SELECT page_count*page_size FROM pragma_page_count,pragma_page_size");
    return size && size->value_or(0) <= small_file_bytes;
}

/// Whether the machine went down under the last process: without a sync that it could trust, a disk may have kept
/// anything.
result<bool> file_checks::lost_power(bool had_log)
{
    auto before = connection_.db().query_text("SELECT value FROM settings WHERE name=?", std::string(boot_setting));
    if (!before)
        return corruption_error(connection_.path(), before.error().message);
    const auto now = boot_id();
    const bool other = *before && **before != now;
    if (!*before || other)
        write_setting(boot_setting, now);
    return had_log && other;
}

result<void> file_checks::check_at_start(bool had_log)
{
    auto unclean = lost_power(had_log);
    if (!unclean)
        return unclean.error();
    if (auto ready = connection_.connect(); !ready) // if the setting could not be written
        return ready;
    const auto now = std::chrono::steady_clock::now();
    next_check_ = now + full_check_interval;
    if (is_small())
        return connection_.verify("PRAGMA integrity_check(1)");
    next_check_ = now + check_delay_after_start;
    if (*unclean)
        return connection_.verify("PRAGMA quick_check(1)");
    for (const std::string table : tables_read_at_start)
        if (auto sound = connection_.verify(("PRAGMA quick_check('" + table + "')").c_str()); !sound)
            return sound;
    return {};
}

bool file_checks::full_check_due()
{
    auto at = connection_.db().query_text("SELECT value FROM settings WHERE name=?", std::string(checked_setting));
    if (!at || !*at)
        return true;
    const auto age = std::chrono::milliseconds(now_ms() - std::strtoll((*at)->c_str(), nullptr, 10));
    return age < age.zero() || age >= full_check_interval;
}

/// A setting that is lost only brings one more check.
void file_checks::write_setting(const char* name, const std::string& value)
{
    auto done = connection_.db().execute(
        "INSERT INTO settings(name,value) VALUES(?1,?2) ON CONFLICT DO UPDATE SET value=?2", std::string(name), value);
    if (!done)
        connection_.disconnect();
}

void file_checks::background_check(bool idle)
{
    if (!connection_.connected() || admission_.damaged())
        return;
    const auto* running = connection_.checker();
    if (running && running->finished())
        finish();
    else if (!running && idle && !admission_.blocked() && std::chrono::steady_clock::now() >= next_check_)
        start(full_check_due() ? check_depth::full : check_depth::quick);
}

result<void> file_checks::check_now()
{
    if (admission_.damaged())
        return error(errc::unavailable, admission_.damage());
    connection_.stop_checker();
    report_.reset();
    start(check_depth::full);
    if (!connection_.checker())
        return error(errc::unavailable,
                     "the log of " + connection_.path() + " cannot be copied into it: see `ulakctl health`");
    return {};
}

result<std::optional<std::string>> file_checks::report_of_now()
{
    if (connection_.connected() && connection_.checker() && connection_.checker()->finished())
        finish();
    if (!report_ && !connection_.checker())
        return error(errc::timed_out,
                     "the check was cut short: the store is written to too much; try again at a quieter hour");
    return report_;
}

/// The checker reads the file without its log, so the log is copied into it first.
void file_checks::start(check_depth depth)
{
    next_check_ = std::chrono::steady_clock::now() + check_delay_after_abort;
    if (auto copied = connection_.truncate_log(); copied)
        connection_.start_checker(depth);
}

void file_checks::finish()
{
    ULAK_FAILPOINT("store/looked");
    const auto depth = connection_.checker()->depth();
    const auto report = connection_.checker()->report();
    const auto wrong_total = connection_.checker()->wrong_total();
    connection_.stop_checker();
    if (!report)
        return;
    report_ = wrong_total ? *wrong_total : *report;
    next_check_ = std::chrono::steady_clock::now() + full_check_interval;
    if (*report == "ok") {
        if (depth == check_depth::full)
            write_setting(checked_setting, std::to_string(now_ms()));
        return;
    }
    // The checker opened the path anew. Where another file lies there by now, the report is not about ours.
    if (auto sound = connection_.verify("PRAGMA integrity_check(1)"); !sound)
        admission_.mark_damaged(sound.error().message);
}

} // namespace ulak::ledger
