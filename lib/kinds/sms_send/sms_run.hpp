// A prepared `sms.send`, and one run of it.
#pragma once

#include "async/rate_limiter.hpp"
#include "kinds/kind.hpp"
#include "kinds/purchase/purchase.hpp"
#include "kinds/purchase/reconcile.hpp"
#include "kinds/read_failures.hpp"
#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/sms_send/settings.hpp"
#include "providers/sms_order_list.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

class send_job : public prepared_job {
  public:
    explicit send_job(settings s) : settings_(std::move(s)) {}

    task<ending> run(run_context& c) const override;
    task<result<boost::json::object>> plan(run_context& c) const override;
    std::string waiting_reason(wall_point begun) const override;

  private:
    settings settings_;
};

enum class run_stage { listing, sending, tracking };

/// Where a run stands, as it is kept in the store.
struct progress {
    progress() = default;

    run_stage stage = run_stage::listing;
    std::int64_t listed = 0; ///< items in the store
    int last_chunk = 0;      ///< calls so far; each is a step of its own
    bool rehearsed = false;
    std::optional<wall_point> wait_until{}, track_until{};
    std::optional<balance_snapshot>
        balance_before{};                       ///< the balance before the latest call, where it can prove something
    std::optional<error> stop_reason{};         ///< why sending ended early
    std::optional<measured_text> common_text{}; ///< the text of all items that have none of their own
};

boost::json::object to_json(const progress& p);
result<progress> progress_from(std::string_view text);

/// What becomes of recipients whose call came to this.
ledger::item_state item_state_after(providers::classification v) noexcept;

/// Where the provider can be asked what it took; else nullptr.
providers::sms_order_list* list_of(const providers::account& who) noexcept;

/// A queue of the provider, with the positions between which its items lie.
struct queue_range {
    std::int64_t first = 0, last = 0, recipients = 0;
    std::int64_t unreported = 0; ///< recipients without a report
};

/// One run. Lives in the frame of `send_job::run`.
class sms_run {
  public:
    sms_run(run_context& c, const settings& s, std::shared_ptr<providers::account> who, progress p);

    task<ending> execute();

  private:
    using items = std::vector<ledger::item_record>;

    // the list
    task<std::optional<ending>> list_recipients();
    task<result<void>> store_block(items block);
    task<std::optional<ending>> check_budget();

    // after a crash
    task<std::optional<ending>> restore();

    // sending
    task<std::optional<ending>> rehearse();
    task<std::optional<ending>> send_all();
    task<std::optional<ending>> send_group(items group);
    task<result<items>> next_group();
    task<std::optional<ending>> wait_for_turn(const items& group);
    task<result<bool>> drop_suppressed(items& group);
    task<result<settlement>> make_purchase(std::string step, std::vector<phone> numbers, const measured_text& text,
                                           bool rehearsal);
    task<result<void>> refresh_suppressed();
    task<result<void>> check_before_booking(const std::vector<phone>& numbers);
    ledger::batch changes_at_intent(const std::vector<std::int64_t>& positions, const effect_id& id) const;
    ledger::batch changes_after_send(const effect_id& effect, const purchase_answer& answer,
                                     providers::classification outcome, std::size_t n, int segments) const;
    ledger::batch changes_after_rehearsal();
    task<std::optional<ending>> pause_or_stop(const error& why);
    task<std::optional<ending>> reconcile(effect_id id);
    task<std::optional<ending>> reconcile_ambiguous(const ledger::effect_record& lost);
    task<std::optional<ending>> reconcile_by_balance(const ledger::effect_record& lost);
    task<bool> search_list(providers::sms_order_list& list, const ledger::effect_record& lost, std::string& evidence);
    task<result<std::string>> find_in_list(providers::sms_order_list& list, const ledger::effect_record& lost,
                                           const std::vector<std::string>& numbers);
    task<result<bool>> fits_other_send(const providers::listed_sms& o, const ledger::effect_record& lost,
                                       const std::vector<ledger::effect_record>& ours,
                                       const std::vector<std::string>& numbers);
    task<result<std::vector<std::string>>> numbers_of_call(ledger::effect_record call);
    task<result<bool>> report_matches(std::string queue, const std::vector<std::string>& numbers);
    task<result<void>> adopt_queue(const ledger::effect_record& lost, std::string queue);
    task<std::optional<ending>> stop_sending(error why, ledger::item_state to, std::string reason);
    measured_text text_of(const ledger::item_record& item) const;
    void reset_page();

    // reports
    task<std::optional<ending>> track();
    task<result<void>> find_queues();
    task<result<bool>> poll_report(const std::string& queue, const queue_range& range);
    task<result<std::int64_t>> apply_report(const std::string& queue, const queue_range& range,
                                            const providers::sms_report& report);
    task<ending> finish();

    task<result<void>> save();
    task<result<void>> save(ledger::batch also);
    task<result<void>> save_result();
    task<result<void>> save_state(ledger::update_run state, ledger::batch also);
    task<result<void>> reload_counts();
    void move_count(ledger::item_state from, ledger::item_state to, std::int64_t n);
    task<std::optional<ending>> stopped_or_failed(error e);

    run_context& context_;
    const settings& settings_;
    std::shared_ptr<providers::account> account_;
    progress progress_;
    text_limits limits_;
    ledger::item_counts counts_{};
    std::map<std::string, queue_range> queues_{};
    std::optional<async::rate_limiter> pace_{};
    items page_{};                 ///< pending items that were read and not yet sent
    std::int64_t page_after_ = -1; ///< the next page is looked for above this position
    read_failures read_failures_{context_};
    int consecutive_failures_ = 0;          ///< calls in a row that did not end well
    std::vector<std::int64_t> positions_{}; ///< of the call that is being made
    bool tracking_cancelled_ = false;       ///< cancelled while the reports were awaited
    phone_set suppressed_{};
    std::optional<async::steady_point> suppressed_read_at_{};
};

} // namespace ulak::kinds::sms
