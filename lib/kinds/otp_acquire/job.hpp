// A prepared `otp.acquire`, and one run of it.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/otp_acquire/lost_order.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/purchase/purchase.hpp"
#include "kinds/read_failures.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

class acquire_job : public prepared_job {
  public:
    explicit acquire_job(settings s) : settings_(std::move(s)) {}

    task<ending> run(run_context& c) const override;
    task<result<boost::json::object>> plan(run_context& c) const override;

  private:
    settings settings_;
};

/// A candidate with its account and what it offers at this moment.
struct offer {
    offer() = default;

    std::size_t candidate = 0;
    std::shared_ptr<providers::account> account{};
    std::string service{}, operator_name{};
    std::optional<money> price{};
    std::optional<std::int64_t> stock{};
    std::string refusal{};             ///< why it is not usable; empty: it is
    bool refusal_may_pass = false;     ///< refused for a reason that passes
    std::optional<error> read_error{}; ///< the call failed
    async::steady_point read_at{};
};

task<offer> read_offer(run_context& c, const settings& s, std::size_t index);
/// Reads what all candidates offer, in the order in which they are to be tried, beginning at `first`.
task<std::vector<offer>> read_offers(run_context& c, const settings& s, std::size_t first);

/// How long the list of orders is waited for. Where the account is busy a call stands in a line for longer than it
/// takes, and an order that was placed without the list from before can hardly be found again.
inline std::chrono::milliseconds list_timeout(const providers::account& who)
{
    return std::max<std::chrono::milliseconds>(who.read_timeout, std::chrono::seconds(60));
}

/// One run. Lives in the frame of `acquire_job::run`.
class otp_run {
  public:
    otp_run(run_context& c, const settings& s, progress p) : context_(c), settings_(s), progress_(std::move(p)) {}

    task<ending> execute();

  private:
    // buying
    task<std::optional<ending>> buy();
    task<std::optional<ending>> try_candidates(std::vector<std::string>& why, bool& again,
                                               std::chrono::milliseconds& wait);
    task<std::optional<ending>> order(const offer& o, std::vector<std::string>& why, bool& again,
                                      std::chrono::milliseconds& wait);
    task<result<settlement>> make_purchase(const offer& o, purchase_request request);
    task<result<void>> check_before_purchase(const offer& o);
    task<std::optional<std::vector<std::string>>> listed_orders(const providers::account& who);
    ledger::batch intent_changes(const offer& o) const;
    task<std::optional<ending>> handle_purchase_result(const offer& o, result<settlement> done,
                                                       std::vector<std::string>& why, bool& again,
                                                       std::chrono::milliseconds& wait);
    ledger::batch acceptance_changes(const offer& o, const effect_id& effect, const providers::number_order& got);

    // after a crash
    task<std::optional<ending>> resume_purchase();
    void adopt(const ledger::effect_record& e);
    task<std::optional<ending>> reconcile(effect_id id, std::shared_ptr<providers::account> who);
    task<std::optional<ending>> gather_evidence(const ledger::effect_record& lost, const providers::account& who);
    task<> wait_for_open_orders(const providers::account& who, wall_point read_at);
    task<std::set<std::string>> abandoned_purchases(const std::vector<providers::listed_number>& listed,
                                                    const ledger::effect_record& lost, const providers::account& who,
                                                    wall_point read_at);
    task<bool> is_abandoned(const providers::account& who, const ledger::effect_record& e);
    task<result<std::vector<providers::listed_number>>> read_list(const providers::account& who,
                                                                  const lost_order& wanted);
    task<list_evidence> search_list(const providers::account& who, const ledger::effect_record& lost);
    task<std::optional<ending>> weigh_balance(const ledger::effect_record& lost, const providers::account& who,
                                              const list_evidence& listed);
    task<std::optional<ending>> adopt_found(const ledger::effect_record& lost, const providers::number_order& found);

    // driving a number to its end
    task<std::optional<ending>> drive();
    rules rules_of(const providers::account& who) const;
    task<event> perform(action what, std::shared_ptr<providers::account> who);
    task<event> poll(const providers::account& who);
    task<event> cancel(const providers::account& who);
    task<event> check_refund(const providers::account& who);
    task<> learn_price(const providers::account& who);
    task<std::optional<money>> price_from_balance(const providers::account& who);
    task<bool> store_transition(transition t, std::shared_ptr<providers::account> who);
    ledger::batch alarm_changes(outcome end, const std::string& provider);
    ledger::batch final_changes(const transition& t, ledger::update_run& state);
    ledger::append_event number_event(const char* what, events::level severity, std::string message,
                                      boost::json::object data) const;
    age age_now() const;

    run_context& context_;
    const settings& settings_;
    progress progress_;
    std::string code_;
    std::optional<error> last_refusal_{};
    read_failures failures_{context_};
    async::steady_point held_since_{}; ///< when this process began to hold the number
    age age_when_held_{0};             ///< its age at that moment
};

/// What a run that holds no number any more ends as.
ending ending_of(const run_context& c, const progress& p, const settings& s);

} // namespace ulak::kinds::otp
