// A prepared `smm.order`.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/smm_order/settings.hpp"

#include <utility>

namespace ulak::kinds::smm {

class order_job : public prepared_job {
  public:
    explicit order_job(settings s) : settings_(std::move(s)) {}

    task<ending> run(run_context& c) const override;
    /// Service, name, link, quantity, rate, cost and a digest, after the panel's own list was read.
    task<result<boost::json::object>> plan(run_context& c) const override;

  private:
    settings settings_;
};

} // namespace ulak::kinds::smm
