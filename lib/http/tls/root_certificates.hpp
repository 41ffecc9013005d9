// Where the certificates of trusted authorities come from.
#pragma once

#include "http/tls/openssl_ptr.hpp"

#include "core/error.hpp"

#include <string>

namespace ulak::http {

/// Where the system keeps its authorities, as links and as a bundle.
inline constexpr const char* system_ca_dir = "/etc/ssl/certs";

/// Lets `context` trust the authorities of a PEM file or of a folder with hash links; empty: the system's.
/// - errc::invalid_argument, with the path: nothing can be read there
result<void> load_root_certificates(SSL_CTX* context, const std::string& ca_file);

} // namespace ulak::http
