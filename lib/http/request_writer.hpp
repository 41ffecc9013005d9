// Requests as bytes. Private to this room.
#pragma once

#include "http/message.hpp"

#include <string>

namespace ulak::http {

/// Whether it can be written: no CR, LF or NUL anywhere but in the body, none of the headers that are made here.
/// errc::invalid_argument, not_sent.
result<void> check_request(const request& r);

/// Appends the whole of a checked request. `host` is what the Host header says.
void write_request(std::string& out, const request& r, std::string_view host, std::string_view base_path);

/// "api.example.com", "api.example.com:8443", "[::1]:8443"
std::string host_header(const origin& where);

} // namespace ulak::http
