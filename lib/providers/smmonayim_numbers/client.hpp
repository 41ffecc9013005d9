// SMMOnayim's numbers: buys, polls, gives back. Has no list of orders: a lost answer is a lost number.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"
#include "providers/smmonayim_numbers/wire.hpp"

#include <memory>
#include <optional>

namespace ulak::providers::smmonayim_numbers {

/// What all of an account's capabilities share. `way` outlives it. `verb`: nothing while it has to be found out.
struct account_session {
    account_session(http::client& way_, secret key_, std::optional<http::method> verb_)
        : client(way_), key(std::move(key_)), method(verb_)
    {}

    http::client& client;
    secret key;
    std::optional<http::method> method;
};

class client final : public balance_reader, public number_seller {
  public:
    explicit client(std::shared_ptr<account_session> l) : session_(std::move(l)) {}

    /// Also finds the method out: POST as the document says, GET if that is answered with 404, 405, 419 or a page.
    task<result<money>> balance(async::steady_point deadline) override;

    bool can_cancel() const override { return true; }
    bool lists_orders() const override { return false; }
    /// All categories' services. The documented list has no prices: those of the first hundred are asked for, as far as
    /// the time allows.
    task<result<std::vector<service>>> services(async::steady_point deadline) override;
    task<result<service>> offer(std::string service_id, async::steady_point deadline) override;
    /// The method is found out by a read first, never by the purchase itself. `operator_name` has no meaning here.
    task<outcome<number_order>> order(std::string service_id, std::string operator_name, purchase_gate how) override;
    task<result<number_status>> poll(std::string number_id, async::steady_point deadline) override;
    task<result<void>> cancel(std::string number_id, async::steady_point deadline) override;
    task<result<std::vector<listed_number>>> recent_orders(int page, async::steady_point deadline) override;

    task<result<std::vector<wire::category>>> categories(async::steady_point deadline);
    task<result<std::vector<service>>> services_of(wire::category of, async::steady_point deadline);

  private:
    task<result<http::method>> known_method(async::steady_point deadline);
    task<result<number_status>> poll_after_detection(std::string number_id, async::steady_point deadline);
    task<> add_prices(std::vector<service>& all, async::steady_point deadline);
    task<result<http::response>> detect_method(async::steady_point deadline);

    std::shared_ptr<account_session> session_;
};

} // namespace ulak::providers::smmonayim_numbers
