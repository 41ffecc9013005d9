// The toy provider: sends one text to many and reads the report.
#pragma once

#include "providers/capability.hpp"
#include "providers/toy/account_session.hpp"

#include <memory>
#include <string>
#include <utility>

namespace ulak::providers::toy {

class client final : public balance_reader, public sms_sender {
  public:
    explicit client(std::shared_ptr<const account_session> session) : session_(std::move(session)) {}

    task<result<money>> balance(async::steady_point deadline) override;

    std::size_t max_recipients() const override { return 10; }
    std::size_t max_segments() const override { return 1; }
    bool takes_encoding() const override { return false; }
    bool takes_validity() const override { return false; }
    task<outcome<sms_receipt>> send(sms_order order, purchase_gate how) override;
    task<result<sms_report>> report(std::string queue_id, async::steady_point deadline) override;

  private:
    std::shared_ptr<const account_session> session_;
};

} // namespace ulak::providers::toy
