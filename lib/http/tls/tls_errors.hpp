// Explains failures of TLS for the operator who must fix them.
#pragma once

#include "http/tls/openssl_ptr.hpp"

#include <string>

namespace ulak::http {

/// Has every connection of this context verify its peer, and keep the reason why it refused a certificate.
void record_verify_errors(SSL_CTX* context);

/// "the certificate is for other.test, not for api.provider.test"; empty if no certificate was refused. Texts that come
/// from the certificate are printable and short.
std::string verify_error_text(SSL* ssl);

/// The oldest TLS error of this thread; empties the queue.
std::string tls_error_text();

} // namespace ulak::http
