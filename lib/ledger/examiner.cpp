#include "ledger/examiner.hpp"

#include "ledger/damage.hpp"

#include <chrono>

#include <pthread.h>
#include <signal.h>

namespace ulak::ledger {
namespace {

/// SQLite forgets an interruption that comes before the question: it is said again until it is heard.
constexpr std::chrono::milliseconds between_interruptions(5);

} // namespace

examiner::examiner(const std::string& path, thoroughness how) : how_(how)
{
    if (auto file = database::open_as_it_lies(path))
        file_.emplace(*std::move(file));
    thread_ = std::thread(&examiner::work, this);
}

examiner::~examiner()
{
    {
        std::unique_lock lock(mutex_);
        while (!over_) {
            if (file_)
                sqlite3_interrupt(file_->handle());
            ended_.wait_for(lock, between_interruptions, [this] { return over_; });
        }
    }
    thread_.join();
}

bool examiner::over() const
{
    const std::scoped_lock lock(mutex_);
    return over_;
}

std::optional<std::string> examiner::verdict() const
{
    const std::scoped_lock lock(mutex_);
    return verdict_;
}

void examiner::work()
{
    // Signals are the loop's business.
    sigset_t every;
    sigfillset(&every);
    pthread_sigmask(SIG_BLOCK, &every, nullptr);
    pthread_setname_np(pthread_self(), "examiner");
    std::optional<std::string> found;
    if (file_) {
        auto said = file_->word(how_ == thoroughness::whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
        if (said)
            found = *said;
        else if (is_damage(file_->last_code()))
            found = said.error().message;
    }
    const std::scoped_lock lock(mutex_);
    over_ = true;
    verdict_ = std::move(found);
    ended_.notify_all();
}

} // namespace ulak::ledger
