// What the calls of one iletimerkezi account share.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"
#include "providers/detail/sms_pace.hpp"
#include "providers/iletimerkezi/read.hpp"
#include "providers/iletimerkezi/wire.hpp"

#include <optional>
#include <utility>

namespace ulak::providers::iletimerkezi {

/// `client` and `clock` outlive it.
struct account_session {
    account_session(http::client& client_, async::clock& clock_, const std::optional<yaml::rate_value>& rate,
                    secret key_, secret hash_)
        : client(client_), clock(clock_), pace(clock_, rate), key(std::move(key_)), hash(std::move(hash_))
    {}

    wire::login login() const noexcept { return {key.reveal(), hash.reveal()}; }

    http::client& client;
    async::clock& clock;
    sms_pace pace;
    secret key, hash;
    wire::balance_field balance = wire::balance_field::credit;
    bool duplicate_guard = false; ///< the owner relies on code 451
};

} // namespace ulak::providers::iletimerkezi
