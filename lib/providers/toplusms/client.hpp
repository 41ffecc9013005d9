// TopluSMS: sends one text to many and reads the reports, by its POST API or by its URL API.
#pragma once

#include "providers/capability.hpp"
#include "providers/toplusms/account_session.hpp"

#include <memory>
#include <string>
#include <utility>

namespace ulak::providers::toplusms {

class client final : public balance_reader, public sms_sender {
  public:
    explicit client(std::shared_ptr<account_session> session) : session_(std::move(session)) {}

    task<result<money>> balance(async::steady_point deadline) override;

    std::size_t max_recipients() const override;
    std::size_t max_segments() const override { return 0; }
    std::size_t max_encoded_text() const override;
    std::size_t max_recipients_beside(const std::string& text) const override;
    bool blames_recipients(const error& refusal) const override;
    bool takes_encoding() const override { return true; }
    bool takes_validity() const override { return !session_->by_url(); }
    /// Waits for the account's pace first, which does not shorten the call's own time.
    task<outcome<sms_receipt>> send(sms_order order, purchase_gate how) override;
    task<result<sms_report>> report(std::string queue_id, async::steady_point deadline) override;

  private:
    /// The document says GET, its sample sends POST: a read that is refused is tried the other way, and what worked
    /// is kept for the account.
    task<result<http::response>> send_read_by_either_method(http::request r, async::steady_point deadline);

    std::shared_ptr<account_session> session_;
};

} // namespace ulak::providers::toplusms
