// TopluSMS: sends one text to many and reads the reports, by its POST API or by its URL API.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"
#include "providers/detail/sms_pace.hpp"
#include "providers/toplusms/wire.hpp"

#include <memory>
#include <string>

namespace ulak::providers::toplusms {

/// What all of an account's capabilities share. `way` outlives it. With an api_key the URL API is spoken.
struct account_session {
    account_session(http::client& way_, async::clock& time, const std::optional<yaml::rate_value>& rate)
        : client(way_), pace(time, rate)
    {}

    bool by_url() const noexcept { return !api_key.empty(); }
    wire::user login() const noexcept { return {username, password_md5.reveal()}; }

    http::client& client;
    sms_pace pace;
    std::string username{};
    secret password_md5{}, api_key{};
    wire::body_form send_form = wire::body_form::url_encoded;
    wire::balance_field balance = wire::balance_field::credit;
    bool reads_use_post = false; ///< learned from a 404 or 405
};

class client final : public balance_reader, public sms_sender {
  public:
    explicit client(std::shared_ptr<account_session> l) : session_(std::move(l)) {}

    task<result<money>> balance(async::steady_point deadline) override;

    std::size_t max_recipients() const override;
    std::size_t max_segments() const override { return 0; }
    bool takes_encoding() const override { return true; }
    bool takes_validity() const override { return !session_->by_url(); }
    task<outcome<sms_receipt>> send(sms_order order, purchase_gate how) override;
    task<result<sms_report>> report(std::string queue_id, async::steady_point deadline) override;

  private:
    task<result<http::response>> send_read_by_either_method(http::request r, async::steady_point deadline);

    std::shared_ptr<account_session> session_;
};

} // namespace ulak::providers::toplusms
