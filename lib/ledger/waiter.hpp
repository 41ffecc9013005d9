// Jobs that a coroutine waits for. Private to the room.
#pragma once

#include "ledger/lane.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <optional>

namespace ulak::ledger {

/// Keeps the handler, and the loop alive, until the outcome is told. The handler's cancellation slot is left alone on
/// purpose: what was handed over happens, and the waiter learns of it.
template<class Outcome, class Handler>
class waiting_job : public job {
  public:
    waiting_job(Handler&& h, const executor& ex)
        : handler_(std::move(h)), work_(boost::asio::get_associated_executor(handler_, ex))
    {}

  protected:
    void go_on(Outcome out)
    {
        auto waiter = std::move(handler_); // the job may be gone before it has gone on
        auto alive = std::move(work_);
        boost::asio::dispatch(alive.get_executor(),
                              [h = std::move(waiter), o = std::move(out)]() mutable { std::move(h)(std::move(o)); });
    }

  private:
    Handler handler_;
    boost::asio::executor_work_guard<executor> work_;
};

template<class Handler>
class commit_job : public waiting_job<result<receipt>, Handler> {
  public:
    commit_job(Handler&& h, const executor& ex, batch changes)
        : waiting_job<result<receipt>, Handler>(std::move(h), ex), changes_(std::move(changes))
    {}
    const batch* changes() const noexcept override { return &changes_; }
    void committed(result<applied> made) override { made_.emplace(std::move(made)); }
    void tell() override { this->go_on(receipt_of(std::move(changes_), *made_)); }

  private:
    batch changes_;
    std::optional<result<applied>> made_{};
};

template<class Outcome, class Deed, class Handler>
class deed_job : public waiting_job<Outcome, Handler> {
  public:
    deed_job(Handler&& h, const executor& ex, Deed deed)
        : waiting_job<Outcome, Handler>(std::move(h), ex), deed_(std::move(deed))
    {}
    void perform(store& s) override { outcome_.emplace(deed_(s)); }
    void tell() override { this->go_on(*std::move(outcome_)); }

  private:
    Deed deed_;
    std::optional<Outcome> outcome_{};
};

/// What async_initiate calls with the handler, once the task is awaited.
class begin_commit {
  public:
    begin_commit(lane& l, executor ex) : lane_(l), ex_(ex) {}
    template<class Handler>
    void operator()(Handler&& h, batch changes)
    {
        using handler = std::decay_t<Handler>;
        lane_.push(std::make_unique<commit_job<handler>>(std::forward<Handler>(h), ex_, std::move(changes)));
    }

  private:
    lane& lane_;
    executor ex_;
};

template<class Outcome>
class begin_deed {
  public:
    begin_deed(lane& l, executor ex) : lane_(l), ex_(ex) {}
    template<class Handler, class Deed>
    void operator()(Handler&& h, Deed deed)
    {
        using handler = std::decay_t<Handler>;
        using made = deed_job<Outcome, Deed, handler>;
        lane_.push(std::make_unique<made>(std::forward<Handler>(h), ex_, std::move(deed)));
    }

  private:
    lane& lane_;
    executor ex_;
};

} // namespace ulak::ledger
