// The one thread that touches a store on disk. Private to the module.
#pragma once

#include "async/task.hpp"
#include "ledger/detail/store.hpp"
#include "ledger/detail/work_queue.hpp"
#include "ledger/detail/writer.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace ulak::ledger {

/// Carries out what is queued, most important first: before each turn it takes what has arrived, so that a commit waits
/// for one slice of anything else at most. Puts the store in order when nothing is left to do. Group commit needs no
/// window: what arrives during a commit forms the next group.
class writer_thread final : public writer {
  public:
    /// Completions are posted to `loop`, which must outlive the thread.
    writer_thread(store s, executor loop);
    /// Carries out what is queued and closes the store.
    ~writer_thread() override;
    writer_thread(const writer_thread&) = delete;
    writer_thread& operator=(const writer_thread&) = delete;

    void push(work_ptr w) override;

  private:
    void run();
    bool wait_for_work();
    bool take_arrived();
    void look_at_files();
    void run_maintenance(std::unique_lock<std::mutex>& lock);

    store store_;
    std::chrono::steady_clock::time_point next_look_{}; ///< at the files, and whether a blocked store takes anything
    executor loop_;
    std::mutex mutex_{};
    std::condition_variable wake_{};
    work_list arrived_{};
    work_queue queue_{}; ///< of the thread alone
    bool stopping_ = false;
    std::thread thread_; ///< last: it uses all of the above
};

} // namespace ulak::ledger
