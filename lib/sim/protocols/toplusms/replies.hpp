// What every part of the protocol answers with.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::toplusms {

/// Only 3 is shown in the document.
enum class code {
    unknown_command = 1,
    missing = 2,
    credentials = 3,
    caption = 4,
    numbers = 5,
    credit = 6,
    encoding = 7,
    date = 8,
    report = 9
};

/// HTTP 200 with {"status":"error","errorMessage":…,"errorCode":…}
http::reply refuse(code number, std::string_view message);

/// The URL API is asked with a key in the query, everything else with Basic credentials.
bool uses_api_key(const call& c);

} // namespace ulak::sim::toplusms
