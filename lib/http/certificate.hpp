// Throw-away certificates for the simulator and the tests. Real certificates come from elsewhere.
#pragma once

#include "core/error.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace ulak::http {

/// A certificate and its private key, both PEM.
struct identity {
    identity() = default;
    identity(std::string certificate, std::string key)
        : certificate_pem(std::move(certificate)), key_pem(std::move(key))
    {}

    std::string certificate_pem;
    std::string key_pem;
};

/// A self-signed root (EC P-256, ten years) that may sign leaves and nothing deeper.
result<identity> make_authority(const std::string& common_name);

/// A server certificate below `authority`, good from an hour ago until `lifetime` from now, that the strict client
/// accepts for the given names and addresses. Errors: errc::invalid_argument for an unreadable authority or address.
result<identity> make_leaf(const identity& authority, const std::vector<std::string>& dns_names,
                           const std::vector<std::string>& ip_addresses,
                           std::chrono::hours lifetime = std::chrono::hours(24 * 30));

} // namespace ulak::http
