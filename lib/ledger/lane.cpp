#include "ledger/lane.hpp"

#include "core/failpoint.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <span>
#include <thread>

#include <pthread.h>
#include <signal.h>

namespace ulak::ledger {
namespace {

constexpr std::size_t most_in_a_group = 500; ///< batches; longer transactions make the first waiter wait for the last

using jobs = std::vector<job_ptr>;

/// In one piece: waking the loop for each would cost more than what it has to do.
void tell(jobs over, executor loop)
{
    boost::asio::post(loop, [all = std::move(over)] {
        for (const auto& j : all)
            j->tell();
    });
}

void commit_some(store& s, std::span<job_ptr> waiting, executor loop)
{
    std::vector<const batch*> group;
    group.reserve(waiting.size());
    for (const auto& j : waiting)
        group.push_back(j->changes());
    auto outcomes = s.commit(group);
    ULAK_FAILPOINT("lane/committed");
    for (std::size_t i = 0; i < waiting.size(); ++i)
        waiting[i]->committed(std::move(outcomes[i]));
    tell(jobs(std::move_iterator(waiting.begin()), std::move_iterator(waiting.end())), loop);
    ULAK_FAILPOINT("lane/told");
}

} // namespace

result<receipt> receipt_of(batch changes, const result<applied>& made)
{
    if (!made)
        return made.error();
    receipt out;
    out.more_to_forget = made->more_to_forget;
    out.events.reserve(made->seqs.size());
    for (auto& c : changes)
        if (auto* told = std::get_if<append_event>(&c)) {
            told->what.seq = made->seqs[out.events.size()];
            out.events.push_back(std::move(told->what));
        }
    return out;
}

void carry_out(store& s, jobs& all, executor loop)
{
    jobs commits, questions;
    for (auto& j : all)
        (j->changes() ? commits : questions).push_back(std::move(j));
    all.clear();
    for (std::span rest(commits); !rest.empty();) {
        const auto size = std::min(most_in_a_group, rest.size());
        commit_some(s, rest.first(size), loop);
        s.checkpoint(true);
        rest = rest.subspan(size);
    }
    for (auto& j : questions) {
        j->perform(s);
        jobs answered;
        answered.push_back(std::move(j));
        tell(std::move(answered), loop);
    }
}

namespace {

class thread_lane : public lane {
  public:
    thread_lane(store s, executor ex) : store_(std::move(s)), ex_(std::move(ex)), thread_(&thread_lane::work, this) {}

    ~thread_lane() override
    {
        {
            const std::scoped_lock lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

    void push(job_ptr j) override
    {
        bool first = false;
        {
            const std::scoped_lock lock(mutex_);
            first = queue_.empty();
            queue_.push_back(std::move(j));
        }
        if (first)
            wake_.notify_one();
    }

  private:
    void work()
    {
        // Signals are the loop's business.
        sigset_t every;
        sigfillset(&every);
        pthread_sigmask(SIG_BLOCK, &every, nullptr);
        pthread_setname_np(pthread_self(), "ledger");
        for (jobs taken; take(taken);)
            carry_out(store_, taken, ex_);
    }

    /// Waits for work; false at the end. Before it sleeps it puts the store in order.
    bool take(jobs& out)
    {
        const auto work = [this] { return stopping_ || !queue_.empty(); };
        std::unique_lock lock(mutex_);
        tidy_up(lock);
        for (auto chore = store_.next_chore(); chore; chore = store_.next_chore()) {
            if (wake_.wait_for(lock, *chore, work))
                break;
            tidy_up(lock);
            try_again(lock);
        }
        wake_.wait(lock, work);
        out.swap(queue_);
        return !out.empty();
    }

    void tidy_up(std::unique_lock<std::mutex>& lock)
    {
        const bool idle = queue_.empty() && !stopping_;
        lock.unlock();
        store_.look_on(idle);
        if (idle)
            store_.checkpoint(false);
        lock.lock();
    }

    void try_again(std::unique_lock<std::mutex>& lock)
    {
        lock.unlock();
        store_.try_again();
        lock.lock();
    }

    store store_;
    executor ex_;
    std::mutex mutex_{};
    std::condition_variable wake_{};
    jobs queue_{};
    bool stopping_ = false;
    std::thread thread_; ///< last: it uses all of the above
};

class inline_lane : public lane {
  public:
    inline_lane(store s, executor ex) : ex_(ex), state_(std::make_shared<state>(std::move(s), ex)) {}
    ~inline_lane() override { state_->drain(); }

    void push(job_ptr j) override
    {
        state_->queue.push_back(std::move(j));
        if (state_->queue.size() == 1)
            boost::asio::post(ex_, [s = state_] { s->drain(); });
    }

  private:
    struct state {
        state(store s, executor ex_) : data(std::move(s)), ex(std::move(ex_)) {}
        void drain()
        {
            jobs taken;
            taken.swap(queue);
            carry_out(data, taken, ex);
        }
        store data;
        executor ex;
        jobs queue{};
    };

    executor ex_;
    std::shared_ptr<state> state_; ///< shared with a posted drain that may come after the end
};

} // namespace

std::unique_ptr<lane> make_thread_lane(store s, executor ex)
{
    return std::make_unique<thread_lane>(std::move(s), std::move(ex));
}

std::unique_ptr<lane> make_inline_lane(store s, executor ex)
{
    return std::make_unique<inline_lane>(std::move(s), ex);
}

} // namespace ulak::ledger
