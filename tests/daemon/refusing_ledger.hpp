// A store on a disk that takes and gives nothing.
#pragma once

#include "ledger/ledger.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ulak::tests {

/// Every call ends with errc::unavailable.
class refusing_ledger final : public ulak::ledger::ledger {
    template<class T>
    static task<result<T>> refuse()
    {
        co_return error(errc::unavailable, "disk full");
    }

  public:
    task<result<ulak::ledger::receipt>> commit(ulak::ledger::batch) override { return refuse<ulak::ledger::receipt>(); }
    task<result<ulak::ledger::run_record>> run(run_id) override { return refuse<ulak::ledger::run_record>(); }
    task<result<std::optional<ulak::ledger::run_record>>> run_by_key(std::string) override
    {
        return refuse<std::optional<ulak::ledger::run_record>>();
    }
    task<result<std::vector<ulak::ledger::run_record>>> runs(ulak::ledger::run_query) override
    {
        return refuse<std::vector<ulak::ledger::run_record>>();
    }
    task<result<std::vector<ulak::ledger::item_record>>> items(ulak::ledger::item_query) override
    {
        return refuse<std::vector<ulak::ledger::item_record>>();
    }
    task<result<ulak::ledger::item_counts>> count_items(run_id) override { return refuse<ulak::ledger::item_counts>(); }
    task<result<std::vector<ulak::ledger::effect_record>>> effects(ulak::ledger::effect_query) override
    {
        return refuse<std::vector<ulak::ledger::effect_record>>();
    }
    task<result<std::vector<ulak::ledger::attention_record>>> attention(bool) override
    {
        return refuse<std::vector<ulak::ledger::attention_record>>();
    }
    task<result<std::vector<ulak::ledger::attention_record>>> attention_page(ulak::ledger::attention_query) override
    {
        return refuse<std::vector<ulak::ledger::attention_record>>();
    }
    task<result<std::int64_t>> count_attention() override { return refuse<std::int64_t>(); }
    task<result<std::optional<wall_point>>> watermark(std::string, std::string) override
    {
        return refuse<std::optional<wall_point>>();
    }
    task<result<std::vector<events::event>>> events_after(std::int64_t, std::size_t) override
    {
        return refuse<std::vector<events::event>>();
    }
    task<result<std::vector<events::event>>> recent_events(std::string, std::size_t) override
    {
        return refuse<std::vector<events::event>>();
    }
    task<result<std::vector<ulak::ledger::notice_record>>> notices_due(wall_point, std::size_t) override
    {
        return refuse<std::vector<ulak::ledger::notice_record>>();
    }
    task<result<std::vector<ulak::ledger::suppression_record>>> suppressions() override
    {
        return refuse<std::vector<ulak::ledger::suppression_record>>();
    }
    task<result<std::vector<ulak::ledger::forbidden_recipient>>>
    forbidden_recipients(ulak::ledger::recipient_rules) override
    {
        return refuse<std::vector<ulak::ledger::forbidden_recipient>>();
    }
    task<result<void>> check_budgets(ulak::ledger::effect_record, std::vector<ulak::ledger::budget_limit>) override
    {
        return refuse<void>();
    }
    task<result<std::vector<ulak::ledger::suppression_record>>>
    suppressions_page(ulak::ledger::suppression_query) override
    {
        return refuse<std::vector<ulak::ledger::suppression_record>>();
    }
    task<result<std::int64_t>> count_suppressed(std::vector<std::string>) override { return refuse<std::int64_t>(); }
    task<result<std::vector<ulak::ledger::identity_record>>> identities() override
    {
        return refuse<std::vector<ulak::ledger::identity_record>>();
    }
    task<result<std::vector<ulak::ledger::spend_total>>> spend_totals(ulak::ledger::spend_grouping, time_zone) override
    {
        return refuse<std::vector<ulak::ledger::spend_total>>();
    }
    task<result<std::vector<ulak::ledger::balance_record>>> balances(std::string, std::size_t) override
    {
        return refuse<std::vector<ulak::ledger::balance_record>>();
    }
    task<result<std::vector<std::pair<std::string, std::string>>>> settings(std::string) override
    {
        return refuse<std::vector<std::pair<std::string, std::string>>>();
    }
};

} // namespace ulak::tests
