// What the calls of one toy account share.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"

#include <utility>

namespace ulak::providers::toy {

/// `client` outlives it.
struct account_session {
    account_session(http::client& client_, secret token_) : client(client_), token(std::move(token_)) {}

    http::client& client;
    secret token;
};

} // namespace ulak::providers::toy
