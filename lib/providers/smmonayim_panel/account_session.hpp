// What the calls of one panel account share.
#pragma once

#include "core/secret.hpp"
#include "http/client.hpp"

#include <optional>
#include <string>
#include <utility>

namespace ulak::providers::smmonayim_panel {

/// `client` outlives it.
struct account_session {
    account_session(http::client& client_, secret key_) : client(client_), key(std::move(key_)) {}

    http::client& client;
    secret key;
    std::string unit = "USD";          ///< what ulak.yaml says that it is paid in, or the family's usual currency
    std::optional<std::string> told{}; ///< what the panel last called its currency, in its normal form

    const std::string& unit_of_prices() const noexcept { return told ? *told : unit; }
};

} // namespace ulak::providers::smmonayim_panel
