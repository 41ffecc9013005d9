// What the calls of one panel account share.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"

#include <string>
#include <utility>

namespace ulak::providers::smmonayim_panel {

/// `client` outlives it.
struct account_session {
    account_session(http::client& client_, secret key_) : client(client_), key(std::move(key_)) {}

    http::client& client;
    secret key;
    std::string unit = "USD"; ///< what the panel last called its currency
};

} // namespace ulak::providers::smmonayim_panel
