#include "ledger/detail/writer_thread.hpp"

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

constexpr std::size_t max_group_size = 500; ///< batches; longer transactions make the first waiter wait for the last

using work_list = std::vector<work_ptr>;

/// In one piece: waking the loop for each would cost more than what it has to do.
void post_completions(work_list over, executor loop)
{
    boost::asio::post(loop, [all = std::move(over)] {
        for (const auto& j : all)
            j->complete();
    });
}

void commit_group(store& s, std::span<work_ptr> waiting, executor loop)
{
    std::vector<const batch*> group;
    group.reserve(waiting.size());
    for (const auto& j : waiting)
        group.push_back(j->changes());
    auto outcomes = s.commit(group);
    ULAK_FAILPOINT("lane/committed");
    for (std::size_t i = 0; i < waiting.size(); ++i)
        waiting[i]->committed(std::move(outcomes[i]));
    post_completions(work_list(std::move_iterator(waiting.begin()), std::move_iterator(waiting.end())), loop);
    ULAK_FAILPOINT("lane/told");
}

} // namespace

result<receipt> make_receipt(batch changes, const result<batch_result>& made)
{
    if (!made)
        return made.error();
    receipt out;
    out.more_to_purge = made->more_to_purge;
    out.events.reserve(made->event_seqs.size());
    for (auto& c : changes)
        if (auto* told = std::get_if<append_event>(&c)) {
            told->event.seq = made->event_seqs[out.events.size()];
            out.events.push_back(std::move(told->event));
        }
    return out;
}

void process(store& s, work_list& all, executor loop)
{
    work_list commits, questions;
    for (auto& j : all)
        (j->changes() ? commits : questions).push_back(std::move(j));
    all.clear();
    for (std::span rest(commits); !rest.empty();) {
        const auto size = std::min(max_group_size, rest.size());
        commit_group(s, rest.first(size), loop);
        s.checkpoint(true);
        rest = rest.subspan(size);
    }
    for (auto& j : questions) {
        j->perform(s);
        work_list answered;
        answered.push_back(std::move(j));
        post_completions(std::move(answered), loop);
    }
}

namespace {

class writer_thread : public writer {
  public:
    writer_thread(store s, executor ex) : store_(std::move(s)), loop_(std::move(ex)), thread_(&writer_thread::run, this) {}

    ~writer_thread() override
    {
        {
            const std::scoped_lock lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

    void push(work_ptr j) override
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
    void run()
    {
        // Signals are the loop's business.
        sigset_t every;
        sigfillset(&every);
        pthread_sigmask(SIG_BLOCK, &every, nullptr);
        pthread_setname_np(pthread_self(), "ledger");
        for (work_list taken; wait_for_work(taken);)
            process(store_, taken, loop_);
    }

    /// Waits for work; false at the end. Before it sleeps it puts the store in order.
    bool wait_for_work(work_list& out)
    {
        const auto work = [this] { return stopping_ || !queue_.empty(); };
        std::unique_lock lock(mutex_);
        run_maintenance(lock);
        for (auto chore = store_.next_maintenance(); chore; chore = store_.next_maintenance()) {
            if (wake_.wait_for(lock, *chore, work))
                break;
            run_maintenance(lock);
            retry_blocked_store(lock);
        }
        wake_.wait(lock, work);
        out.swap(queue_);
        return !out.empty();
    }

    void run_maintenance(std::unique_lock<std::mutex>& lock)
    {
        const bool idle = queue_.empty() && !stopping_;
        lock.unlock();
        store_.background_check(idle);
        if (idle)
            store_.checkpoint(false);
        lock.lock();
    }

    void retry_blocked_store(std::unique_lock<std::mutex>& lock)
    {
        lock.unlock();
        store_.try_unblock();
        lock.lock();
    }

    store store_;
    executor loop_;
    std::mutex mutex_{};
    std::condition_variable wake_{};
    work_list queue_{};
    bool stopping_ = false;
    std::thread thread_; ///< last: it uses all of the above
};

class inline_writer : public writer {
  public:
    inline_writer(store s, executor ex) : ex_(ex), state_(std::make_shared<state>(std::move(s), ex)) {}
    ~inline_writer() override { state_->drain(); }

    void push(work_ptr j) override
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
            work_list taken;
            taken.swap(queue);
            process(data, taken, ex);
        }
        store data;
        executor ex;
        work_list queue{};
    };

    executor ex_;
    std::shared_ptr<state> state_; ///< shared with a posted drain that may come after the end
};

} // namespace

std::unique_ptr<writer> make_writer_thread(store s, executor ex)
{
    return std::make_unique<writer_thread>(std::move(s), std::move(ex));
}

std::unique_ptr<writer> make_inline_writer(store s, executor ex)
{
    return std::make_unique<inline_writer>(std::move(s), ex);
}

} // namespace ulak::ledger
