// An SMM panel: places orders and follows them.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"
#include "providers/smmonayim_panel/wire.hpp"

#include <memory>

namespace ulak::providers::smmonayim_panel {

/// What all of an account's capabilities share. `way` outlives it. `unit` is what the panel last called its currency.
struct account_session {
    account_session(http::client& way_, secret key_) : client(way_), key(std::move(key_)) {}

    http::client& client;
    secret key;
    std::string unit = "USD";
};

class client final : public balance_reader, public smm_panel {
  public:
    explicit client(std::shared_ptr<account_session> l) : session_(std::move(l)) {}

    task<result<money>> balance(async::steady_point deadline) override;
    task<result<std::vector<service>>> services(async::steady_point deadline) override;
    task<outcome<panel_receipt>> add(panel_order order, purchase_gate how) override;
    /// In requests of at most a hundred orders.
    task<result<std::map<std::string, result<panel_status>>>> status(std::vector<std::string> order_ids,
                                                                     async::steady_point deadline) override;

  private:
    task<result<wire::statuses_by_order>> status_batch(std::vector<std::string> order_ids, async::steady_point deadline);

    std::shared_ptr<account_session> session_;
};

} // namespace ulak::providers::smmonayim_panel
