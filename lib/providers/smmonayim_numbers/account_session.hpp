// What the calls of one account for SMMOnayim's numbers share.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"

#include <optional>
#include <utility>

namespace ulak::providers::smmonayim_numbers {

/// `client` outlives it. `method` is empty until a balance read has found out which one the site takes.
struct account_session {
    account_session(http::client& client_, secret key_, std::optional<http::method> method_)
        : client(client_), key(std::move(key_)), method(method_)
    {}

    http::client& client;
    secret key;
    std::optional<http::method> method;
};

} // namespace ulak::providers::smmonayim_numbers
