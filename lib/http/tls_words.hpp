// What went wrong with TLS, in words that help whoever must mend it. Private to this room.
#pragma once

#include "http/openssl_ptr.hpp"

#include <string>

namespace ulak::http {

/// From now on connections of this context remember why they refused a certificate, see `refusal_of`.
void remember_refusals(SSL_CTX* context);

/// "the certificate is for other.test, not for api.provider.test"; empty if no certificate was refused. Texts of the
/// peer's certificate are printable and short.
std::string refusal_of(SSL* ssl);

/// This thread's oldest TLS error; empties the queue.
std::string tls_failure();

/// The protocol that the peer chose by ALPN is ours, or it chose none.
bool speaks_http1(SSL* ssl);

} // namespace ulak::http
