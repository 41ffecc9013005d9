// The ledger before a writer: every call becomes work in its queue. Private to the module.
#pragma once

#include "ledger/detail/awaited_work.hpp"
#include "ledger/detail/folder_lock.hpp"
#include "ledger/health_monitor.hpp"
#include "ledger/ledger.hpp"

#include <memory>
#include <optional>

namespace ulak::ledger {

class queued_ledger final : public ledger {
  public:
    /// Takes the lock of the store's folder, where it has one, and lets go of it after the writer has closed the
    /// store. Without a monitor the store is always healthy.
    queued_ledger(executor loop, std::optional<folder_lock> lock, std::shared_ptr<const health_monitor> monitor,
                  std::unique_ptr<writer> w);

    task<result<receipt>> commit(batch changes) override;

    task<result<run_record>> run(run_id id) override;
    task<result<std::optional<run_record>>> run_by_key(std::string unique_key) override;
    task<result<std::vector<run_record>>> runs(run_query q) override;
    task<result<std::vector<item_record>>> items(item_query q) override;
    task<result<item_counts>> count_items(run_id run) override;
    task<result<std::vector<effect_record>>> effects(effect_query q) override;
    task<result<std::vector<identity_record>>> identities() override;
    task<result<std::vector<attention_record>>> attention(bool open_only) override;
    task<result<std::vector<attention_record>>> attention_page(attention_query q) override;
    task<result<std::int64_t>> count_attention() override;
    task<result<std::optional<wall_point>>> watermark(std::string job, std::string schedule_text) override;
    task<result<std::vector<events::event>>> events_after(std::int64_t seq, std::size_t limit) override;
    task<result<std::vector<events::event>>> recent_events(std::string name, std::size_t limit) override;
    task<result<std::vector<notice_record>>> notices_due(wall_point now, std::size_t limit) override;
    task<result<std::vector<suppression_record>>> suppressions() override;
    task<result<std::vector<forbidden_recipient>>> forbidden_recipients(recipient_rules rules) override;
    task<result<void>> check_budgets(effect_record asked, std::vector<budget_limit> limits) override;
    task<result<std::vector<suppression_record>>> suppressions_page(suppression_query q) override;
    task<result<std::int64_t>> count_suppressed(std::vector<std::string> phones) override;
    task<result<std::vector<spend_total>>> spend_totals(spend_grouping by, time_zone zone) override;
    task<result<std::vector<balance_record>>> balances(std::string account, std::size_t limit) override;
    task<result<std::vector<std::pair<std::string, std::string>>>> settings(std::string prefix) override;

    store_health health() const override { return monitor_ ? monitor_->current() : store_health(); }
    task<result<void>> adopt() override;

  private:
    template<class Question>
    auto read(Question question) -> task<decltype(question(std::declval<database&>()))>;
    template<class Question>
    auto report(Question question) -> task<decltype(question(std::declval<database&>()))>;
    template<class Question>
    auto read_or_report(bool is_report, Question question) -> task<decltype(question(std::declval<database&>()))>;
    template<class Function>
    auto run_on_store(work_rank rank, Function f) -> task<decltype(f(std::declval<store&>()))>;

    executor loop_;
    std::optional<folder_lock> lock_;               ///< before the writer: held until the store is closed
    std::shared_ptr<const health_monitor> monitor_; ///< null: in memory
    std::unique_ptr<writer> writer_;
};

} // namespace ulak::ledger
