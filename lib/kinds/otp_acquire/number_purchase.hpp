// The purchase of one number: reserve, book, call, settle.
#pragma once

#include "kinds/otp_acquire/offers.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/purchase/purchase.hpp"

namespace ulak::kinds::otp {

/// All references must outlive this object.
class number_purchase {
  public:
    number_purchase(run_context& c, const settings& s, progress& p) : context_(c), settings_(s), progress_(p) {}

    /// Buys at a usable offer. Before the order is sent the stored progress names it, with the balance and the list
    /// that could prove later whether it was made. Accepted: the number is held, in the progress and in the store.
    /// Errors, all of which mean that nothing was ordered: those of `reserve` and `book`, and
    ///   errc::denied_now  price or stock changed while the permit was waited for
    task<result<settlement>> make(const offer& o);

  private:
    task<result<void>> confirm_offer(const offer& o);
    task<> read_evidence(const providers::account& account);
    void name_purchase(const offer& o);
    purchase_request request_for(const offer& o) const;
    money expected_price(const offer& o) const;
    void hold(const offer& o, const effect_id& effect, const providers::number_order& order);
    ledger::batch booking_changes(const providers::account& account) const;
    ledger::batch acceptance_changes(const offer& o) const;

    run_context& context_;
    const settings& settings_;
    progress& progress_;
};

} // namespace ulak::kinds::otp
