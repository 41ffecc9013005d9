// Tamonay: rents numbers and waits for their SMS; documents no way to give a number back.
#pragma once

#include "providers/capability.hpp"
#include "providers/tamonay/account_session.hpp"
#include "providers/tamonay/read.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ulak::providers::tamonay {

class client final : public balance_reader, public number_seller {
  public:
    explicit client(std::shared_ptr<const account_session> session) : session_(std::move(session)) {}

    task<result<money>> balance(async::steady_point deadline) override;

    bool can_cancel() const override { return false; }
    bool lists_orders() const override { return true; }
    task<result<std::vector<service>>> services(async::steady_point deadline) override;
    task<result<service>> offer(std::string service_id, async::steady_point deadline) override;
    task<outcome<number_order>> order(std::string service_id, std::string operator_name, purchase_gate how) override;
    /// Asks the provider to look (update-status), then reads the order's own page if that brought no code.
    task<result<number_status>> poll(std::string number_id, async::steady_point deadline) override;
    task<result<void>> cancel(std::string number_id, async::steady_point deadline) override;
    task<result<std::vector<listed_number>>> recent_orders(int page, async::steady_point deadline) override;

    task<result<std::vector<wire::category>>> categories(async::steady_point deadline);
    task<result<std::vector<service>>> services_of(std::string category_id, async::steady_point deadline);
    task<result<std::vector<wire::balance_entry>>> history(async::steady_point deadline);

  private:
    task<result<number_status>> request_status(http::request r, std::string number_id, async::steady_point deadline);

    std::shared_ptr<const account_session> session_;
};

} // namespace ulak::providers::tamonay
