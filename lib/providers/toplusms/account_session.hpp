// What the calls of one TopluSMS account share.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"
#include "providers/detail/sms_pace.hpp"
#include "providers/toplusms/read.hpp"
#include "providers/toplusms/wire.hpp"

#include <optional>
#include <string>

namespace ulak::providers::toplusms {

/// `client` and `clock` outlive it. With an api_key the URL API is spoken, else the POST API.
struct account_session {
    account_session(http::client& client_, async::clock& clock, const std::optional<yaml::rate_value>& rate)
        : client(client_), pace(clock, rate)
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

} // namespace ulak::providers::toplusms
