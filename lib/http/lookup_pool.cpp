#include "http/lookup_pool.hpp"

#include <boost/asio/post.hpp>

#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>

#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

constexpr int threads = 8; ///< so many names may hang at once before another one has to wait

struct lookup_request {
    std::string host;
    std::function<void(lookup_result)> done;
};

// Signals belong to the loop's thread.
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

struct lookup_pool::shared_state {
    shared_state(executor ex, lookup_function ask_) : loop(ex), lookup(std::move(ask_)) {}

    executor loop;
    lookup_function lookup;
    std::mutex mutex{};
    std::condition_variable changed{};
    std::deque<lookup_request> queue{};
    int started = 0;
    std::size_t idle = 0;
    bool stopped = false;
};

lookup_pool::lookup_pool(executor ex, lookup_function ask) : state_(std::make_shared<shared_state>(ex, std::move(ask))) {}

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
    // One that rests may have been woken for the question before this one, which may hang.
    if (state_->idle >= state_->queue.size() || state_->started == threads)
        return;
    all_signals_blocked quiet;
    std::thread(work, state_).detach();
    ++state_->started;
}

void lookup_pool::work(std::shared_ptr<shared_state> with)
{
    std::unique_lock lock(with->mutex);
    while (!with->stopped) {
        if (with->queue.empty()) {
            ++with->idle;
            with->changed.wait(lock);
            --with->idle;
            continue;
        }
        auto next = std::move(with->queue.front());
        with->queue.pop_front();
        lock.unlock();
        auto outcome = with->lookup(next.host);
        lock.lock();
        if (with->stopped)
            break; // the loop may be gone
        asio::post(with->loop, [with, done = std::move(next.done), outcome = std::move(outcome)]() mutable {
            if (!with->stopped) // written on the loop only
                done(std::move(outcome));
        });
    }
}

lookup_result system_lookup(const std::string& host)
{
    lookup_result out;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    int failed = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (failed != 0) {
        out.failure = ::gai_strerror(failed);
        return out;
    }
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        asio::ip::tcp::endpoint endpoint;
        if (one->ai_addrlen > endpoint.capacity() || (one->ai_family != AF_INET && one->ai_family != AF_INET6))
            continue;
        std::memcpy(endpoint.data(), one->ai_addr, one->ai_addrlen);
        out.addresses.push_back(endpoint.address());
    }
    ::freeaddrinfo(found);
    return out;
}

} // namespace ulak::http
