// iletimerkezi: sends one text to many, reads the reports page by page, and lists what it took.
#pragma once

#include "providers/capability.hpp"
#include "providers/duplicate_guard.hpp"
#include "providers/iletimerkezi/account_session.hpp"
#include "providers/sms_order_list.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ulak::providers::iletimerkezi {

class client final : public balance_reader, public sms_sender, public sms_order_list, public duplicate_guard {
  public:
    explicit client(std::shared_ptr<account_session> session) : session_(std::move(session)) {}

    task<result<money>> balance(async::steady_point deadline) override;

    std::size_t max_recipients() const override { return wire::max_recipients; }
    std::size_t max_texts() const override { return wire::max_recipients; }
    std::size_t max_segments() const override { return wire::max_segments; }
    bool takes_encoding() const override { return false; }
    bool takes_validity() const override { return false; }
    bool needs_recipient_type() const override { return true; }
    /// Waits for the account's pace first, which does not shorten the call's own time.
    task<outcome<sms_receipt>> send(sms_order order, purchase_gate how) override;
    /// All pages; at most as many as the order's total asks for.
    task<result<sms_report>> report(std::string queue_id, async::steady_point deadline) override;

    /// Of today and the last hour, in the provider's time.
    task<result<std::vector<listed_sms>>> recent_orders(std::chrono::milliseconds page_timeout) override;

    /// Code 451 is promised for ten minutes; the tenth is left to the clocks.
    std::chrono::milliseconds duplicate_window() const override
    {
        return std::chrono::minutes(session_->duplicate_guard ? 9 : 0);
    }

    task<result<void>> cancel_order(std::string order_id, async::steady_point deadline);
    /// Orders of the days `start` to `end` ("2026-11-22"), one page of thirty.
    task<result<std::vector<wire::listed_order>>> orders(std::string start, std::string end, int page,
                                                         async::steady_point deadline);
    task<result<std::vector<std::string>>> senders(async::steady_point deadline);
    task<result<wire::blacklist>> blacklist(std::string start, std::string end, int page, async::steady_point deadline);
    task<result<void>> add_to_blacklist(phone number, async::steady_point deadline);
    task<result<void>> remove_from_blacklist(phone number, async::steady_point deadline);

  private:
    task<result<sms_report>> fetch_report_page(std::string order_id, int number, async::steady_point deadline);

    std::shared_ptr<account_session> session_;
};

} // namespace ulak::providers::iletimerkezi
