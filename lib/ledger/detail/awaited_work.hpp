// Jobs that a coroutine waits for. Private to the room.
#pragma once

#include "ledger/detail/writer_thread.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <optional>

namespace ulak::ledger {

/// Keeps the handler, and the loop alive, until the outcome is told. The handler's cancellation slot is left alone on
/// purpose: what was handed over happens, and the waiter learns of it.
template<class Outcome, class Handler>
class awaited_work : public work {
  public:
    awaited_work(Handler&& h, const executor& ex)
        : handler_(std::move(h)), loop_guard_(boost::asio::get_associated_executor(handler_, ex))
    {}

  protected:
    void resume(Outcome out)
    {
        auto waiter = std::move(handler_); // the job may be gone before it has gone on
        auto alive = std::move(loop_guard_);
        boost::asio::dispatch(alive.get_executor(),
                              [h = std::move(waiter), o = std::move(out)]() mutable { std::move(h)(std::move(o)); });
    }

  private:
    Handler handler_;
    boost::asio::executor_work_guard<executor> loop_guard_;
};

template<class Handler>
class commit_work : public awaited_work<result<receipt>, Handler> {
  public:
    commit_work(Handler&& h, const executor& ex, batch changes)
        : awaited_work<result<receipt>, Handler>(std::move(h), ex), changes_(std::move(changes))
    {}
    const batch* changes() const noexcept override { return &changes_; }
    void committed(result<batch_result> made) override { result_.emplace(std::move(made)); }
    void complete() override { this->resume(make_receipt(std::move(changes_), *result_)); }

  private:
    batch changes_;
    std::optional<result<batch_result>> result_{};
};

template<class Outcome, class Deed, class Handler>
class read_work : public awaited_work<Outcome, Handler> {
  public:
    read_work(Handler&& h, const executor& ex, Deed deed)
        : awaited_work<Outcome, Handler>(std::move(h), ex), function_(std::move(deed))
    {}
    void perform(store& s) override { outcome_.emplace(function_(s)); }
    void complete() override { this->resume(*std::move(outcome_)); }

  private:
    Deed function_;
    std::optional<Outcome> outcome_{};
};

/// What async_initiate calls with the handler, once the task is awaited.
class start_commit {
  public:
    start_commit(writer& l, executor ex) : writer_(l), ex_(ex) {}
    template<class Handler>
    void operator()(Handler&& h, batch changes)
    {
        using handler = std::decay_t<Handler>;
        writer_.push(std::make_unique<commit_work<handler>>(std::forward<Handler>(h), ex_, std::move(changes)));
    }

  private:
    writer& writer_;
    executor ex_;
};

template<class Outcome>
class start_read {
  public:
    start_read(writer& l, executor ex) : writer_(l), ex_(ex) {}
    template<class Handler, class Deed>
    void operator()(Handler&& h, Deed deed)
    {
        using handler = std::decay_t<Handler>;
        using made = read_work<Outcome, Deed, handler>;
        writer_.push(std::make_unique<made>(std::forward<Handler>(h), ex_, std::move(deed)));
    }

  private:
    writer& writer_;
    executor ex_;
};

} // namespace ulak::ledger
