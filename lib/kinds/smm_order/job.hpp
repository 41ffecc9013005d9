// `smm.order`: place an order on a panel and follow it to the end.
#pragma once

#include "kinds/doubt.hpp"
#include "kinds/effect.hpp"
#include "kinds/kind.hpp"
#include "kinds/panel_machine.hpp"
#include "kinds/trouble.hpp"

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
    rules track{};
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
result<providers::panel_order> rendered_order(const settings& s, const std::map<std::string, std::string>& params);
result<checked_order> check_order(const settings& s, providers::panel_order order,
                                  const std::vector<providers::service>& offered);

class order_job : public prepared_job {
  public:
    explicit order_job(settings s) : settings_(std::move(s)) {}

    task<ending> run(context& c) const override;
    task<result<boost::json::object>> plan(context& c) const override;

  private:
    settings settings_;
};

struct progress {
    progress() = default;

    std::string account{}, link{}; ///< what other runs look at
    bool asked = false;            ///< a call for it was booked
    std::string order{};           ///< the panel's id; empty: not placed
    effect_id effect{};
    std::int64_t quantity = 0;
    std::optional<money> cost{};
    std::optional<known_balance> before{};
    wall_point placed_at{};
    state machine{};
};

boost::json::object to_json(const progress& p);
result<progress> progress_from(std::string_view text);

/// Another run about the same link. False: enough was seen.
using visit_run = std::function<bool(const ledger::run_record&, const progress&)>;

/// One run. Lives in the frame of `order_job::run`.
class session {
  public:
    session(context& c, const settings& s, std::shared_ptr<providers::account> who, progress p)
        : c_(c), s_(s), who_(std::move(who)), p_(std::move(p))
    {}

    task<ending> go();

  private:
    task<std::optional<ending>> look_back();
    task<std::optional<ending>> wait_for_link(const std::string& link);
    std::optional<progress> same_target(const ledger::run_record& run, const std::string& link) const;
    /// Visits the other runs in these states that are about the link, newest first and about as far back as `oldest`.
    task<result<void>> look_through(const std::string& link, std::vector<ledger::run_state> states, wall_point oldest,
                                    visit_run visit);
    task<result<std::optional<std::string>>> run_in_the_way(const std::string& link);
    task<result<std::optional<std::string>>> other_run(const std::string& link);
    task<result<std::optional<std::string>>> in_attention(const std::string& link);
    task<result<std::map<std::string, std::string>>> cancelled_orders(const std::string& link);
    task<result<std::optional<std::string>>> left_behind(const std::string& link);
    task<std::optional<ending>> place();
    task<result<void>> look_first(const std::string& link);
    task<std::optional<ending>> place_once(const checked_order& what, int tries);
    ledger::batch placed(const settlement& how, const providers::panel_receipt& got, const checked_order& what);
    task<std::optional<ending>> after_refusal(const settlement& how, int tries);
    task<std::optional<ending>> settle_doubt(effect_id id);
    task<std::optional<ending>> look_into(const ledger::effect_record& lost);
    task<ending> follow();
    task<result<void>> keep_look(turn t, std::optional<providers::panel_status> seen);
    std::optional<decimal> refund(fate end, const providers::panel_status& seen) const;
    ending ending_of(fate end) const;
    boost::json::object result_json(const std::optional<providers::panel_status>& seen) const;
    ledger::append_event told(const char* what, events::level severity, std::string message,
                              boost::json::object data) const;

    context& c_;
    const settings& s_;
    std::shared_ptr<providers::account> who_;
    progress p_;
    troubles troubles_{c_};
};

} // namespace ulak::kinds::smm
