// What went wrong with TLS, in words that help whoever must mend it. Private to this room.
#pragma once

#include "http/openssl_ptr.hpp"

#include <string>

namespace ulak::http {

/// From now on connections of this context remember why they refused a certificate, see `refusal_of`.
void record_verify_errors(SSL_CTX* context);

/// "the certificate is for other.test, not for api.provider.test"; empty if no certificate was refused. Texts of the
/// peer's certificate are printable and short.
std::string verify_error_text(SSL* ssl);

/// This thread's oldest TLS error; empties the queue.
std::string tls_error_text();

/// The protocol that the peer chose by ALPN is ours, or it chose none.
bool speaks_http1(SSL* ssl);

} // namespace ulak::http
