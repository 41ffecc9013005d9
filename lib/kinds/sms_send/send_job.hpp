// A prepared `sms.send`: a job file, checked and typed.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/sms_send/settings.hpp"

#include <string>
#include <utility>

namespace ulak::kinds::sms {

class send_job : public prepared_job {
  public:
    explicit send_job(settings s) : settings_(std::move(s)) {}

    task<ending> run(run_context& c) const override;
    task<result<boost::json::object>> plan(run_context& c) const override;
    std::chrono::milliseconds asks_back() const override;
    bool can_pause() const override { return true; }
    bool can_go_on() const override { return true; }
    std::string waiting_reason(wall_point begun) const override;

  private:
    settings settings_;
};

} // namespace ulak::kinds::sms
