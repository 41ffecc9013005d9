#include "ledger/detail/writer_thread.hpp"

#include "ledger/detail/process_work.hpp"

#include <pthread.h>
#include <signal.h>

namespace ulak::ledger {
writer_thread::writer_thread(store s, executor loop)
    : store_(std::move(s)), loop_(std::move(loop)), thread_(&writer_thread::run, this)
{}

writer_thread::~writer_thread()
{
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void writer_thread::push(work_ptr w)
{
    bool first = false;
    {
        const std::scoped_lock lock(mutex_);
        first = arrived_.empty();
        if (w->rank() <= work_rank::change)
            store_.guard().announce_urgent();
        arrived_.push_back(std::move(w));
    }
    if (first)
        wake_.notify_one();
}

void writer_thread::run()
{
    // Signals are handled on the loop's thread.
    sigset_t every;
    sigfillset(&every);
    pthread_sigmask(SIG_BLOCK, &every, nullptr);
    pthread_setname_np(pthread_self(), "ledger");
    while (take_arrived() || wait_for_work()) {
        process_turn(store_, queue_, loop_);
        look_at_files();
    }
}

/// False: there is nothing to do.
bool writer_thread::take_arrived()
{
    work_list taken;
    {
        const std::scoped_lock lock(mutex_);
        taken.swap(arrived_);
        store_.guard().forget_urgent();
    }
    queue_.add(std::move(taken));
    return !queue_.empty();
}

/// Waits for work, and runs the store's maintenance before it sleeps. False at the end.
bool writer_thread::wait_for_work()
{
    const auto ready = [this] { return stopping_ || !arrived_.empty(); };
    std::unique_lock lock(mutex_);
    run_maintenance(lock);
    for (auto next = store_.next_maintenance(); next; next = store_.next_maintenance()) {
        if (wake_.wait_for(lock, *next, ready))
            break;
        run_maintenance(lock);
    }
    wake_.wait(lock, ready);
    lock.unlock();
    return take_arrived();
}

/// By the clock, not by quiet: somebody who asks all the time must not keep a store blocked.
void writer_thread::look_at_files()
{
    const auto now = std::chrono::steady_clock::now();
    if (now < next_look_)
        return;
    next_look_ = now + file_checks::poll_interval;
    store_.files_in_place();
    store_.try_unblock();
    store_.background_check(false);
}

void writer_thread::run_maintenance(std::unique_lock<std::mutex>& lock)
{
    const bool idle = arrived_.empty() && !stopping_;
    lock.unlock();
    look_at_files();
    store_.background_check(idle);
    if (idle)
        store_.checkpoint(false);
    lock.lock();
}

} // namespace ulak::ledger
