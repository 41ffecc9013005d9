// Searches the provider's list of orders for one whose answer was lost.
#pragma once

#include "kinds/otp_acquire/lost_order.hpp"
#include "kinds/read_failures.hpp"
#include "kinds/run_context.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

/// Time limit for a read of the list. At a busy account a call waits in line for longer than it takes, and an order
/// that was placed without the list from before can hardly be found again.
inline std::chrono::milliseconds list_timeout(const providers::account& account)
{
    return std::max<std::chrono::milliseconds>(account.read_timeout, std::chrono::seconds(60));
}

/// Reads the list and our own purchases around it; find_order decides. Reports a streak of failed reads once.
class order_search {
  public:
    explicit order_search(run_context& c) : context_(c) {}

    /// One search. Waits for the answers of our other orders that were in flight when the list was read: each of them
    /// then owns an order of the list, or is ambiguous as well. A cancellation or a stop ends that wait early, and the
    /// list proves nothing then. `wanted.abandoned` is filled here.
    task<list_evidence> search(const providers::account& account, lost_order wanted);

  private:
    task<result<std::vector<providers::listed_number>>> read_list(const providers::account& account,
                                                                  const lost_order& wanted);
    task<> wait_for_open_orders(const providers::account& account, wall_point read_at);
    task<std::set<std::string>> abandoned_purchases(ledger::effect_query related, const lost_order& wanted,
                                                    const providers::account& account, wall_point read_at);
    task<bool> is_abandoned(const providers::account& account, const ledger::effect_record& e);

    run_context& context_;
    read_failures failures_{context_};
};

} // namespace ulak::kinds::otp
