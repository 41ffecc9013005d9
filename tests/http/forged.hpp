// Certificates of every kind, also of those that no authority would sign.
#pragma once

#include "http/tls/openssl_ptr.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ulak::http::testing {

struct forged {
    openssl_ptr<X509> certificate;
    std::shared_ptr<EVP_PKEY> key;
    std::string pem() const;
};

std::shared_ptr<EVP_PKEY> make_key(const std::string& kind = "P-256"); ///< "P-256", "RSA-2048", "RSA-1024"

/// What to put into a certificate; the defaults make a sound server certificate for api.provider.test.
struct recipe {
    std::string common_name = "leaf";
    const forged* issuer = nullptr; ///< null: self-signed
    bool authority = false;
    std::string names = "DNS:api.provider.test"; ///< subjectAltName as OpenSSL's configuration writes it; may be empty
    std::string usage = "auto";                  ///< keyUsage; "auto" by `authority`; empty: none
    std::string extended = "serverAuth";         ///< extendedKeyUsage of a leaf; empty: none
    std::string constraints = "auto";            ///< basicConstraints; empty: none
    std::vector<std::pair<int, std::string>> more{};
    std::shared_ptr<EVP_PKEY> key{};       ///< null: a fresh P-256 key
    std::shared_ptr<EVP_PKEY> signed_by{}; ///< instead of the issuer's key
    int from_days = -30;
    int until_days = 60;
    const EVP_MD* digest = EVP_sha256();
    bool unknown_critical = false;
};

forged forge(const recipe& r);

/// A server's context that refuses nothing: `chain` follows the leaf.
openssl_ptr<SSL_CTX> careless_context(const forged& leaf, const std::vector<const forged*>& chain);

} // namespace ulak::http::testing
