// Requests as bytes.
#pragma once

#include "http/message.hpp"

#include <string>

namespace ulak::http {

/// Whether it can be written so that every reader sees one and the same request.
/// - errc::invalid_argument, not_sent: CR, LF or NUL outside the body, a target that is not encoded, a header that
///   write_request() makes itself, or a GET with a body
result<void> check_request(const request& r);

/// Appends a checked request with its body. `host`: the value of the Host header.
void write_request(std::string& out, const request& r, std::string_view host, std::string_view base_path);

/// The value of the Host header: "api.example.com", "api.example.com:8443", "[::1]:8443"
std::string host_header(const origin& where);

} // namespace ulak::http
