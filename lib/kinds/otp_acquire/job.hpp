// A prepared `otp.acquire`, and one run of it.
#pragma once

#include "kinds/effect.hpp"
#include "kinds/kind.hpp"
#include "kinds/otp_acquire/lost_order.hpp"
#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/trouble.hpp"

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
    std::shared_ptr<providers::account> who{};
    std::string service{}, operator_name{};
    std::optional<money> price{};
    std::optional<std::int64_t> stock{};
    std::string refused{};          ///< why it is not usable; empty: it is
    bool for_now = false;           ///< refused for a reason that passes
    std::optional<error> trouble{}; ///< the call failed
    async::steady_point read_at{};
};

task<offer> read_offer(run_context& c, const settings& s, std::size_t index);
/// Reads what all candidates offer, in the order in which they are to be tried, beginning at `first`.
task<std::vector<offer>> read_offers(run_context& c, const settings& s, std::size_t first);

/// How long the list of orders is waited for. Where the account is busy a call stands in a line for longer than it
/// takes, and an order that was placed without the list from before can hardly be found again.
inline std::chrono::milliseconds list_patience(const providers::account& who)
{
    return std::max<std::chrono::milliseconds>(who.read_timeout, std::chrono::seconds(60));
}

/// One run. Lives in the frame of `acquire_job::run`.
class session {
  public:
    session(run_context& c, const settings& s, progress p) : c_(c), s_(s), p_(std::move(p)) {}

    task<ending> go();

  private:
    // buying
    task<std::optional<ending>> buy();
    task<std::optional<ending>> pass_over_candidates(std::vector<std::string>& why, bool& again,
                                                     std::chrono::milliseconds& wait);
    task<std::optional<ending>> order(const offer& o, std::vector<std::string>& why, bool& again,
                                      std::chrono::milliseconds& wait);
    task<result<void>> look_first(const offer& o);
    task<std::optional<std::vector<std::string>>> known_orders(const providers::account& who);
    ledger::batch under_way(const offer& o) const;
    task<std::optional<ending>> after_order(const offer& o, result<purchase_result<providers::number_order>> done,
                                            std::vector<std::string>& why, bool& again,
                                            std::chrono::milliseconds& wait);
    ledger::batch ordered(const offer& o, const settlement& how, const providers::number_order& got);

    // after a crash
    task<std::optional<ending>> look_back();
    void adopt(const ledger::effect_record& e);
    task<std::optional<ending>> settle_doubt(effect_id id, std::shared_ptr<providers::account> who);
    task<std::optional<ending>> look_into(const ledger::effect_record& lost, const providers::account& who);
    task<> wait_for_answers(const providers::account& who, wall_point read_at);
    task<std::set<std::string>> given_up_among(const std::vector<providers::listed_number>& listed,
                                               const ledger::effect_record& lost, const providers::account& who,
                                               wall_point read_at);
    task<bool> is_given_up(const providers::account& who, const ledger::effect_record& e);
    task<result<std::vector<providers::listed_number>>> list_back(const providers::account& who,
                                                                  const lost_order& wanted);
    task<list_word> ask_list(const providers::account& who, const ledger::effect_record& lost);
    task<std::optional<ending>> by_balance(const ledger::effect_record& lost, const providers::account& who,
                                           const list_word& listed);
    task<std::optional<ending>> take_over(const ledger::effect_record& lost, const providers::number_order& found);

    // driving a number to its end
    task<std::optional<ending>> drive();
    rules rules_of(const providers::account& who) const;
    task<happening> carry_out(act what, std::shared_ptr<providers::account> who);
    task<happening> poll(const providers::account& who);
    task<happening> cancel(const providers::account& who);
    task<happening> look_at_balance(const providers::account& who);
    task<> learn_price(const providers::account& who);
    task<std::optional<money>> paid_for_it(const providers::account& who);
    task<bool> keep_turn(turn t, std::shared_ptr<providers::account> who);
    ledger::batch alarm(fate end, const std::string& provider);
    ledger::batch finish(const turn& t, ledger::update_run& state);
    ledger::append_event told(const char* what, events::level severity, std::string message,
                              boost::json::object data) const;
    age age_now() const;

    run_context& c_;
    const settings& s_;
    progress p_;
    std::string code_;
    std::optional<error> last_refusal_{};
    read_failures troubles_{c_};
    async::steady_point taken_up_{}; ///< when this process began to hold the number
    age age_then_{0};                ///< its age at that moment
};

/// What a run that holds no number any more ends as.
ending ending_of(const run_context& c, const progress& p, const settings& s);

} // namespace ulak::kinds::otp
