// What every part of the protocol answers with: a status code, mirrored in HTTP.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::iletimerkezi {

/// {"response":{"status":{"code","message"}, …more}}. The code comes as an integer, or as a text where the document
/// shows one (`text_code`); the faults code-text and code-int decide otherwise.
http::reply respond(call& c, int code, const std::vector<json::member>& more = {}, bool text_code = false);

} // namespace ulak::sim::iletimerkezi
