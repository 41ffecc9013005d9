#include "ledger/detail/integrity_checker.hpp"

#include "ledger/detail/corruption.hpp"
#include "ledger/detail/recount.hpp"

#include <chrono>

#include <pthread.h>
#include <signal.h>

namespace ulak::ledger {
namespace {

/// SQLite ignores an interruption that comes before the statement runs, so it is repeated until the thread has
/// finished.
constexpr std::chrono::milliseconds interrupt_interval(5);

result<std::optional<std::string>> look_at_file(database& db, check_depth depth)
{
    return db.query_text(depth == check_depth::full ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
}

} // namespace

integrity_checker::integrity_checker(const std::string& path, check_depth depth) : depth_(depth)
{
    if (auto file = database::open_immutable(path))
        database_.emplace(*std::move(file));
    thread_ = std::thread(&integrity_checker::run, this);
}

integrity_checker::~integrity_checker()
{
    {
        std::unique_lock lock(mutex_);
        while (!finished_) {
            if (database_)
                sqlite3_interrupt(database_->handle());
            finish_signal_.wait_for(lock, interrupt_interval, [this] { return finished_; });
        }
    }
    thread_.join();
}

bool integrity_checker::finished() const
{
    const std::scoped_lock lock(mutex_);
    return finished_;
}

std::optional<std::string> integrity_checker::report() const
{
    const std::scoped_lock lock(mutex_);
    return report_;
}

std::optional<std::string> integrity_checker::wrong_total() const
{
    const std::scoped_lock lock(mutex_);
    return wrong_total_;
}

void integrity_checker::run()
{
    // Signals are handled on the loop's thread.
    sigset_t every;
    sigfillset(&every);
    pthread_sigmask(SIG_BLOCK, &every, nullptr);
    pthread_setname_np(pthread_self(), "ledger-check");
    std::optional<std::string> found;
    if (database_) {
        auto answer = look_at_file(*database_, depth_);
        if (answer)
            found = *answer;
        else if (is_corruption(database_->last_error_code()))
            found = answer.error().message;
    }
    std::optional<std::string> wrong;
    if (found == "ok" && depth_ == check_depth::full)
        if (auto recounted = find_wrong_total(*database_))
            wrong = *std::move(recounted);
    const std::scoped_lock lock(mutex_);
    finished_ = true;
    report_ = std::move(found);
    wrong_total_ = std::move(wrong);
    finish_signal_.notify_all();
}

} // namespace ulak::ledger
