// Finds the order that an ambiguous send became in the provider's own list of orders.
#pragma once

#include "kinds/run_context.hpp"
#include "providers/account.hpp"
#include "providers/sms_order_list.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::sms {

/// The account's list of orders; nullptr where the provider keeps none.
providers::sms_order_list* list_of(const providers::account& account) noexcept;

/// Whether a listed order may be the result of a call, by the time at which it was submitted. An order without a time
/// may be the result of any call.
bool may_result_from(const providers::listed_sms& order, const ledger::effect_record& call,
                     std::chrono::milliseconds order_timeout);

/// Matches by sender, time, number of recipients and the recipients themselves; the list shows no text. All references
/// must outlive it.
class list_search {
  public:
    list_search(run_context& c, const providers::account& account, providers::sms_order_list& list, std::string sender)
        : context_(c), account_(account), list_(list), sender_(std::move(sender))
    {}

    /// The id of the one order that fits `call` and that no other call owns; empty if there is none, which does not
    /// prove that nothing was sent. `numbers` are the sorted digits of the call.
    /// errc::conflict: several orders fit, or another ambiguous call fits the order as well.
    /// Others are those of the provider and of the store.
    task<result<std::string>> find(const ledger::effect_record& call, const std::vector<std::string>& numbers);

  private:
    bool looks_alike(const providers::listed_sms& order, const ledger::effect_record& call, std::size_t n) const;
    task<result<bool>> report_matches(std::string queue, const std::vector<std::string>& numbers);
    task<result<bool>> fits_other_call(const providers::listed_sms& order, const ledger::effect_record& call,
                                       const std::vector<ledger::effect_record>& others,
                                       const std::vector<std::string>& numbers);

    run_context& context_;
    const providers::account& account_;
    providers::sms_order_list& list_;
    std::string sender_;
};

} // namespace ulak::kinds::sms
