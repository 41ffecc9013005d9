// Buys a number: tries the candidates in order, another one only after a refusal or a call that was never sent.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/otp_acquire/number_purchase.hpp"
#include "kinds/otp_acquire/offers.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/read_failures.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::otp {

/// All references must outlive this object.
class buyer {
  public:
    /// Finds out what became of a purchase that ended ambiguous. Nothing: a number is held, or it is proven that none
    /// was bought.
    using reconcile_call = std::function<task<std::optional<ending>>(effect_id, std::shared_ptr<providers::account>)>;

    buyer(run_context& c, const settings& s, progress& p, reconcile_call reconcile)
        : context_(c), settings_(s), progress_(p), reconcile_(std::move(reconcile)), purchase_(c, s, p)
    {}

    /// Up to five rounds over the candidates with growing pauses, as long as a reason may pass. Nothing: a number is
    /// held, and the progress that says so is on disk.
    /// Endings
    ///   failed       no candidate sold a number, the budget refuses, or the disk refuses; nothing is paid
    ///   cancelled    a person asked for it before anything was sent
    ///   attention    that of the reconciliation, or an earlier purchase of this run may have taken effect
    ///   interrupted  the daemon stops
    task<std::optional<ending>> buy();

  private:
    /// What one pass over the candidates gathered.
    struct round {
        std::vector<std::string> refusals{};   ///< "account: reason"
        std::size_t too_expensive = 0;         ///< of them
        std::optional<errc> read_failure{};    ///< of an offer that could not be read
        bool worth_repeating = false;          ///< one of the reasons may pass
        std::chrono::milliseconds wait_for{0}; ///< what a rate limit asks for
    };

    errc code_of(const round& r) const;
    task<std::optional<ending>> try_candidates(round& r);
    task<std::optional<ending>> try_offer(const offer& o, round& r);
    task<std::optional<ending>> after_purchase(const offer& o, const settlement& s, round& r);
    std::optional<ending> not_purchased(const offer& o, const error& why, round& r) const;

    run_context& context_;
    const settings& settings_;
    progress& progress_;
    reconcile_call reconcile_;
    number_purchase purchase_;
    std::optional<error> last_refusal_{}; ///< of a provider; its code is the run's if nobody sells
    read_failures failures_{context_};
};

} // namespace ulak::kinds::otp
