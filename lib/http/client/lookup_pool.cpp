#include "http/client/lookup_pool.hpp"

#include <boost/asio/post.hpp>

#include <pthread.h>
#include <signal.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr int max_threads = 8; ///< that many lookups may hang before the next name has to wait

struct lookup_request {
    std::string host;
    std::function<void(lookup_result)> done;
};

// Threads start with the mask of the thread that makes them. Signals are for the thread of the loop alone.
class all_signals_blocked {
  public:
    all_signals_blocked()
    {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~all_signals_blocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    all_signals_blocked(const all_signals_blocked&) = delete;
    all_signals_blocked& operator=(const all_signals_blocked&) = delete;

  private:
    sigset_t before_{};
};

} // namespace

// Shared with the threads, which may outlive the pool. All but `loop` and `lookup` is guarded by `mutex`.
struct lookup_pool::shared_state {
    shared_state(executor ex, lookup_function lookup_) : loop(ex), lookup(std::move(lookup_)) {}

    executor loop;
    lookup_function lookup;
    std::mutex mutex{};
    std::condition_variable changed{};
    std::deque<lookup_request> queue{};
    int started = 0;
    std::size_t idle = 0;
    bool stopped = false;
};

lookup_pool::lookup_pool(executor ex, lookup_function lookup)
    : state_(std::make_shared<shared_state>(ex, std::move(lookup)))
{}

lookup_pool::~lookup_pool()
{
    std::lock_guard lock(state_->mutex);
    state_->stopped = true;
    state_->queue.clear();
    state_->changed.notify_all();
}

void lookup_pool::submit(std::string host, std::function<void(lookup_result)> done)
{
    std::lock_guard lock(state_->mutex);
    state_->queue.push_back(lookup_request{std::move(host), std::move(done)});
    state_->changed.notify_one();
    // An idle thread may have been woken for an earlier name, whose lookup may hang.
    if (state_->idle >= state_->queue.size() || state_->started == max_threads)
        return;
    all_signals_blocked quiet;
    std::thread(work, state_).detach();
    ++state_->started;
}

void lookup_pool::work(std::shared_ptr<shared_state> state)
{
    std::unique_lock lock(state->mutex);
    while (!state->stopped) {
        if (state->queue.empty()) {
            ++state->idle;
            state->changed.wait(lock);
            --state->idle;
            continue;
        }
        auto next = std::move(state->queue.front());
        state->queue.pop_front();
        lock.unlock();
        auto found = state->lookup(next.host);
        lock.lock();
        if (state->stopped)
            break; // the loop may be gone
        asio::post(state->loop, [state, done = std::move(next.done), found = std::move(found)]() mutable {
            if (!state->stopped) // only the loop writes it
                done(std::move(found));
        });
    }
}

} // namespace ulak::http
