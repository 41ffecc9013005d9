#include "ledger/detail/report_guard.hpp"

namespace ulak::ledger {
namespace {

constexpr int steps_between_looks = 2'000; ///< of SQLite's machine: some ten microseconds
/// So much of a report is always done: it must get on while commits come without a pause.
constexpr std::chrono::milliseconds min_slice(8);

} // namespace

void report_guard::begin(database& db) noexcept
{
    interrupted_ = false;
    began_ = std::chrono::steady_clock::now();
    sqlite3_progress_handler(db.handle(), steps_between_looks, &report_guard::look, this);
}

void report_guard::end(database& db) noexcept
{
    sqlite3_progress_handler(db.handle(), 0, nullptr, nullptr);
}

int report_guard::look(void* self) noexcept
{
    auto& guard = *static_cast<report_guard*>(self);
    if (!guard.urgent() || std::chrono::steady_clock::now() - guard.began_ < min_slice)
        return 0;
    guard.interrupted_ = true;
    return 1;
}

} // namespace ulak::ledger
