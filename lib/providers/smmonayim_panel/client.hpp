// An SMM panel: places orders and follows them.
#pragma once

#include "providers/capability.hpp"
#include "providers/smmonayim_panel/account_session.hpp"
#include "providers/smmonayim_panel/read.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ulak::providers::smmonayim_panel {

class client final : public balance_reader, public smm_panel {
  public:
    explicit client(std::shared_ptr<account_session> session) : session_(std::move(session)) {}

    /// Also learns the panel's currency, in which prices are given.
    task<result<money>> balance(async::steady_point deadline) override;
    /// The list names no currency: what the balance tells counts, which is read first where nothing told it yet.
    task<result<std::vector<service>>> services(async::steady_point deadline) override;
    task<outcome<panel_receipt>> add(panel_order order, purchase_gate how) override;
    /// In requests of at most a hundred orders; the first that fails ends it.
    task<result<std::map<std::string, result<panel_status>>>> status(std::vector<std::string> order_ids,
                                                                     async::steady_point deadline) override;

  private:
    task<result<wire::statuses_by_order>> status_batch(std::vector<std::string> order_ids,
                                                       async::steady_point deadline);

    std::shared_ptr<account_session> session_;
};

} // namespace ulak::providers::smmonayim_panel
