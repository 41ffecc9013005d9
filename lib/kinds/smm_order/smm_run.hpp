// `smm.order`: place an order on a panel and follow it to the end.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/panel_machine.hpp"
#include "kinds/purchase/purchase.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/read_failures.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::smm {

enum class same_link { refuse, queue, allow };

struct settings {
    std::string account{};
    job::text_template service{}, link{}, quantity{};
    std::optional<std::int64_t> drip_runs{}, drip_minutes{};
    std::string expect_name{};
    std::optional<decimal> expect_rate{}; ///< per thousand, at most
    same_link on_same_link = same_link::refuse;
    follow_rules tracking{};
    std::map<std::string, std::string> extra{};
};

job::kind_definition table();
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

/// "0.95 USD/1000", "0.95 USD".
result<money> parse_rate(std::string_view text);

/// What is to be ordered, with its price, after the panel's own list was asked. errc::validation says what does not
/// fit.
struct checked_order {
    checked_order() = default;

    providers::panel_order order{};
    std::string name{};
    money rate{}; ///< per thousand
    money cost{};
};
result<providers::panel_order> render_order(const settings& s, const std::map<std::string, std::string>& params);
result<checked_order> check_order(const settings& s, providers::panel_order order,
                                  const std::vector<providers::service>& offered);

class order_job : public prepared_job {
  public:
    explicit order_job(settings s) : settings_(std::move(s)) {}

    task<ending> run(run_context& c) const override;
    task<result<boost::json::object>> plan(run_context& c) const override;

  private:
    settings settings_;
};

struct progress {
    progress() = default;

    std::string account{}, link{}; ///< what other runs look at
    bool booked = false;           ///< a call for it was booked
    std::string order{};           ///< the panel's id; empty: not placed
    effect_id effect{};
    std::int64_t quantity = 0;
    std::optional<money> cost{};
    std::optional<balance_snapshot> balance_before{};
    wall_point placed_at{};
    state machine_state{};
};

boost::json::object to_json(const progress& p);
result<progress> progress_from(std::string_view text);

/// Another run about the same link. False: enough was seen.
using visit_run = std::function<bool(const ledger::run_record&, const progress&)>;

/// One run. Lives in the frame of `order_job::run`.
class smm_run {
  public:
    smm_run(run_context& c, const settings& s, std::shared_ptr<providers::account> who, progress p)
        : context_(c), settings_(s), account_(std::move(who)), progress_(std::move(p))
    {}

    task<ending> execute();

  private:
    task<std::optional<ending>> resume_purchase();
    task<std::optional<ending>> wait_for_link(const std::string& link);
    std::optional<progress> progress_for_link(const ledger::run_record& run, const std::string& link) const;
    /// Visits the other runs in these states that are about the link, newest first and about as far back as `oldest`.
    task<result<void>> visit_runs(const std::string& link, std::vector<ledger::run_state> states, wall_point oldest,
                                  visit_run visit);
    task<result<std::optional<std::string>>> conflicting_run(const std::string& link);
    task<result<std::optional<std::string>>> link_conflict(const std::string& link);
    task<result<std::optional<std::string>>> link_in_attention(const std::string& link);
    task<result<std::map<std::string, std::string>>> cancelled_orders(const std::string& link);
    task<result<std::optional<std::string>>> abandoned_order(const std::string& link);
    task<std::optional<ending>> place();
    task<result<void>> check_before_booking(const std::string& link);
    task<std::optional<ending>> place_once(const checked_order& what, int tries);
    task<result<settlement>> buy(const checked_order& what);
    ledger::batch progress_changes() const;
    ledger::batch placed_changes(const effect_id& effect, const std::string& order_id, const checked_order& what);
    task<std::optional<ending>> after_refusal(const settlement& how, int tries);
    task<std::optional<ending>> reconcile(effect_id id);
    task<std::optional<ending>> gather_evidence(const ledger::effect_record& lost);
    task<ending> follow();
    task<result<void>> save_poll(transition t, std::optional<providers::panel_status> seen);
    std::optional<decimal> refund(outcome end, const providers::panel_status& seen) const;
    ending ending_of(outcome end) const;
    boost::json::object result_json(const std::optional<providers::panel_status>& seen) const;
    ledger::append_event order_event(const char* what, events::level severity, std::string message,
                                     boost::json::object data) const;

    run_context& context_;
    const settings& settings_;
    std::shared_ptr<providers::account> account_;
    progress progress_;
    read_failures read_failures_{context_};
};

} // namespace ulak::kinds::smm
