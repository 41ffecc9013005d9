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

struct job {
    std::string host;
    std::function<void(lookup_outcome)> done;
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

struct lookup_pool::shared {
    shared(executor ex, lookup_function ask_) : loop(ex), ask(std::move(ask_)) {}

    executor loop;
    lookup_function ask;
    std::mutex guard{};
    std::condition_variable changed{};
    std::deque<job> jobs{};
    int started = 0;
    std::size_t resting = 0;
    bool abandoned = false;
};

lookup_pool::lookup_pool(executor ex, lookup_function ask) : shared_(std::make_shared<shared>(ex, std::move(ask))) {}

lookup_pool::~lookup_pool()
{
    std::lock_guard lock(shared_->guard);
    shared_->abandoned = true;
    shared_->jobs.clear();
    shared_->changed.notify_all();
}

void lookup_pool::submit(std::string host, std::function<void(lookup_outcome)> done)
{
    std::lock_guard lock(shared_->guard);
    shared_->jobs.push_back(job{std::move(host), std::move(done)});
    shared_->changed.notify_one();
    // One that rests may have been woken for the question before this one, which may hang.
    if (shared_->resting >= shared_->jobs.size() || shared_->started == threads)
        return;
    all_signals_blocked quiet;
    std::thread(work, shared_).detach();
    ++shared_->started;
}

void lookup_pool::work(std::shared_ptr<shared> with)
{
    std::unique_lock lock(with->guard);
    while (!with->abandoned) {
        if (with->jobs.empty()) {
            ++with->resting;
            with->changed.wait(lock);
            --with->resting;
            continue;
        }
        auto next = std::move(with->jobs.front());
        with->jobs.pop_front();
        lock.unlock();
        auto outcome = with->ask(next.host);
        lock.lock();
        if (with->abandoned)
            break; // the loop may be gone
        asio::post(with->loop, [with, done = std::move(next.done), outcome = std::move(outcome)]() mutable {
            if (!with->abandoned) // written on the loop only
                done(std::move(outcome));
        });
    }
}

lookup_outcome ask_system(const std::string& host)
{
    lookup_outcome out;
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
