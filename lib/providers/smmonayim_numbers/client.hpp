// SMMOnayim's numbers: rents, polls, gives back. There is no list of orders, so a lost answer is a lost number.
#pragma once

#include "providers/capability.hpp"
#include "providers/smmonayim_numbers/account_session.hpp"
#include "providers/smmonayim_numbers/read.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ulak::providers::smmonayim_numbers {

class client final : public balance_reader, public number_seller {
  public:
    explicit client(std::shared_ptr<account_session> session) : session_(std::move(session)) {}

    /// Also detects the HTTP method: POST as the document says, GET if POST is answered with 404, 405, 419 or a page.
    task<result<money>> balance(async::steady_point deadline) override;

    bool can_cancel() const override { return true; }
    bool lists_orders() const override { return false; }
    /// The services of all categories. The documented list has no prices: those of the first hundred are asked for
    /// one by one, as far as the time allows.
    task<result<std::vector<service>>> services(async::steady_point deadline) override;
    task<result<service>> offer(std::string service_id, async::steady_point deadline) override;
    /// The method is detected by a read first, never by the purchase itself. `operator_name` has no meaning here.
    task<outcome<number_order>> order(std::string service_id, std::string operator_name, purchase_gate how) override;
    task<result<number_status>> poll(std::string number_id, async::steady_point deadline) override;
    task<result<void>> cancel(std::string number_id, async::steady_point deadline) override;
    task<result<std::vector<listed_number>>> recent_orders(int page, async::steady_point deadline) override;

    task<result<std::vector<wire::category>>> categories(async::steady_point deadline);
    task<result<std::vector<service>>> services_of(wire::category group, async::steady_point deadline);

  private:
    /// The session's method, detected first where it is not known.
    task<result<http::method>> known_method(async::steady_point deadline);
    /// The balance's answer to the method that was taken, or to the last that was tried.
    task<result<http::response>> detect_method(async::steady_point deadline);
    task<result<number_status>> poll_after_detection(std::string number_id, async::steady_point deadline);
    /// Fills in the prices that `all` lacks; stops when the provider cannot be reached.
    task<> add_prices(std::vector<service>& all, async::steady_point deadline);

    std::shared_ptr<account_session> session_;
};

} // namespace ulak::providers::smmonayim_numbers
