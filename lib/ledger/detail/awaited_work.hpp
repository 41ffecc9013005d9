// Work that a coroutine waits for, and what puts it into the queue when its task is awaited. Private to the module.
#pragma once

#include "ledger/detail/process_work.hpp"
#include "ledger/detail/writer.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <optional>

namespace ulak::ledger {

/// Keeps the handler, and the loop running, until the result is delivered. The handler's cancellation slot is left
/// alone on purpose: what was handed over happens, and the waiter learns of it.
template<class Result, class Handler>
class awaited_work : public work {
  public:
    awaited_work(Handler&& h, const executor& loop, work_rank rank)
        : work(rank), handler_(std::move(h)), loop_guard_(boost::asio::get_associated_executor(handler_, loop))
    {}

  protected:
    void resume(Result outcome)
    {
        auto waiter = std::move(handler_); // resuming may destroy this work
        auto guard = std::move(loop_guard_);
        boost::asio::dispatch(guard.get_executor(), [h = std::move(waiter), r = std::move(outcome)]() mutable {
            std::move(h)(std::move(r));
        });
    }

  private:
    Handler handler_;
    boost::asio::executor_work_guard<executor> loop_guard_;
};

/// A report that is broken off so often is answered with errc::timed_out.
inline constexpr int max_report_attempts = 20;

/// A batch and its waiter.
template<class Handler>
class commit_work : public awaited_work<result<receipt>, Handler> {
  public:
    commit_work(Handler&& h, const executor& loop, batch changes)
        : awaited_work<result<receipt>, Handler>(std::move(h), loop, rank_of(changes)), changes_(std::move(changes))
    {}
    const batch* changes() const noexcept override { return &changes_; }
    void committed(result<batch_result> made) override { result_.emplace(std::move(made)); }
    void complete() override { this->resume(make_receipt(std::move(changes_), *result_)); }

  private:
    batch changes_;
    std::optional<result<batch_result>> result_{};
};

/// A function of the store, run on its thread, and the waiter for what it returns: every read, and `adopt`.
template<class Result, class Function, class Handler>
class read_work : public awaited_work<Result, Handler> {
  public:
    read_work(Handler&& h, const executor& loop, work_rank rank, Function f)
        : awaited_work<Result, Handler>(std::move(h), loop, rank), function_(std::move(f))
    {}
    bool perform(store& s) override
    {
        result_.emplace(function_(s));
        const bool broken_off = this->rank() == work_rank::report && s.interrupted();
        return !broken_off || ++attempts_ == max_report_attempts;
    }
    void complete() override { this->resume(*std::move(result_)); }

  private:
    Function function_;
    std::optional<Result> result_{};
    int attempts_ = 0;
};

/// What async_initiate calls with the handler once a commit is awaited.
class start_commit {
  public:
    start_commit(writer& w, executor loop) : writer_(w), loop_(loop) {}
    template<class Handler>
    void operator()(Handler&& h, batch changes)
    {
        using handler = std::decay_t<Handler>;
        writer_.push(std::make_unique<commit_work<handler>>(std::forward<Handler>(h), loop_, std::move(changes)));
    }

  private:
    writer& writer_;
    executor loop_;
};

/// The same for a read.
template<class Result>
class start_read {
  public:
    start_read(writer& w, executor loop) : writer_(w), loop_(loop) {}
    template<class Handler, class Function>
    void operator()(Handler&& h, work_rank rank, Function f)
    {
        using handler = std::decay_t<Handler>;
        using made = read_work<Result, Function, handler>;
        writer_.push(std::make_unique<made>(std::forward<Handler>(h), loop_, rank, std::move(f)));
    }

  private:
    writer& writer_;
    executor loop_;
};

} // namespace ulak::ledger
