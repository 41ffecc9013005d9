// The server's side of TLS: its certificate and the settings of the connections that it accepts.
#pragma once

#include "http/tls/openssl_ptr.hpp"

#include "core/error.hpp"

#include <string>

namespace ulak::http {

/// A context that accepts with the given certificate chain and key (PEM), TLS 1.2 or 1.3, and hands out session
/// tickets. Throws std::bad_alloc.
/// - errc::invalid_argument: the chain or the key cannot be read, or they do not belong together
result<openssl_ptr<SSL_CTX>> make_server_context(const std::string& chain_pem, const std::string& key_pem);

/// Ready to accept one connection; keeps its context alive. Throws std::bad_alloc.
openssl_ptr<SSL> make_server_ssl(SSL_CTX* context);

} // namespace ulak::http
