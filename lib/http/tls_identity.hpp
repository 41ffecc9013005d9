// The server's side of TLS. Private to this room.
#pragma once

#include "http/openssl_ptr.hpp"

#include "core/error.hpp"

#include <string>

namespace ulak::http {

/// A context that accepts with the given certificate chain and key (PEM), TLS 1.2 or 1.3, and hands out session
/// tickets. Errors: errc::invalid_argument.
result<openssl_ptr<SSL_CTX>> make_server_context(const std::string& chain_pem, const std::string& key_pem);

openssl_ptr<SSL> make_server_ssl(SSL_CTX* context);

} // namespace ulak::http
