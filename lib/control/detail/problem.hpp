// Refusals as application/problem+json (RFC 9457).
#pragma once

#include "core/error.hpp"
#include "http/server.hpp"

#include <string_view>

namespace ulak::control {

/// The HTTP status that says the same as a code of ours; failures at a provider are 502.
int status_of(errc code) noexcept;

/// The content type by which refusals are known.
inline constexpr char problem_type[] = "application/problem+json";

/// {"type","title","status","detail","code"}
http::reply problem(int status, std::string_view code, std::string_view detail);
http::reply problem(const error& e);
/// 503 with the code `busy` and Retry-After: nothing was done, and the same request may succeed in a second.
http::reply busy(std::string_view detail);

} // namespace ulak::control
