// The calls of one run that are under way at the same time.
#pragma once

#include "async/task_group.hpp"
#include "kinds/sms_send/purchaser.hpp"

#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <set>

namespace ulak::kinds::sms {

/// Begins calls side by side, and hands over their outcomes one by one, in the order in which they come. With a width
/// of one a call is carried out where it is begun. What a call throws is thrown by `next`. References outlive it; every
/// call has to be taken by `next` before it dies.
class calls_in_flight {
  public:
    using outcome = result<settlement>;

    calls_in_flight(run_context& c, purchaser& purchases, std::size_t width);

    bool full() const noexcept { return under_way_ + finished_.size() >= width_; }
    bool empty() const noexcept { return under_way_ + finished_.size() == 0; }
    /// A recipient of a call that was begun and not yet taken: the store may still have it as pending.
    bool holds(const ledger::item_record& item) const { return positions_.contains(item.position); }

    /// Calls are numbered from one as they begin: how many began, and which was handed over last.
    std::uint64_t begun() const noexcept { return begun_; }
    std::uint64_t last_taken() const noexcept { return last_taken_; }

    /// Precondition: not `full`.
    task<> begin(send_call call);
    /// The next outcome, as soon as there is one. Precondition: not `empty`. A cancellation or a stop of the run
    /// reaches the calls: those that are not dispatched end with errc::cancelled, the others come to their outcome.
    task<outcome> next();
    /// Without waiting; nullopt: none is there.
    std::optional<outcome> take();
    /// Once all are taken: when it returns, nothing of them is left.
    task<> join();

  private:
    struct flight;
    task<> carry_out(std::shared_ptr<flight> f);
    void keep_failure(std::exception_ptr failure);

    run_context& context_;
    purchaser& purchases_;
    std::size_t width_;
    std::size_t under_way_ = 0;
    std::uint64_t begun_ = 0, last_taken_ = 0;
    std::set<std::int64_t> positions_{};
    std::deque<std::shared_ptr<flight>> finished_{};
    std::exception_ptr failure_{};
    async::wait_queue<> waiting_{};
    async::task_group group_;
};

} // namespace ulak::kinds::sms
