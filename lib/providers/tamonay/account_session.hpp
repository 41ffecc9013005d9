// What the calls of one Tamonay account share.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"
#include "providers/tamonay/wire.hpp"

#include <utility>

namespace ulak::providers::tamonay {

/// `client` outlives it.
struct account_session {
    account_session(http::client& client_, secret token_, wire::status_vocabulary words_)
        : client(client_), token(std::move(token_)), words(std::move(words_))
    {}

    http::client& client;
    secret token;
    wire::status_vocabulary words;
};

} // namespace ulak::providers::tamonay
