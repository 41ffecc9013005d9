// The one protocol that both sides speak over TLS, as ALPN negotiates it: HTTP/1.1.
#pragma once

#include "http/tls/openssl_ptr.hpp"

namespace ulak::http {

/// A client's context: offers http/1.1 and nothing else.
void offer_http1(SSL_CTX* context);
/// A server's context: takes http/1.1 where the client offers it. A client that offers only others gets no choice.
void accept_http1(SSL_CTX* context);

/// After the handshake: the peer chose http/1.1, or chose nothing.
bool speaks_http1(SSL* ssl);

} // namespace ulak::http
