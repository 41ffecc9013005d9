// TopluSMS (a Nixarsoft panel): Basic auth with forms, and the URL API with a key. Everything is HTTP 200.
#pragma once

#include "sim/call.hpp"

namespace ulak::sim::toplusms {

std::vector<std::string> operations();
/// One of `operations` or "unknown".
std::string operation_of(call& c);
/// The path for the ledger, without secrets.
std::string safe_path(const call& c);
http::reply serve(call& c);

// The parts; `serve` has checked the credentials.
http::reply send_form(call& c);
http::reply send_url(call& c);
http::reply report(call& c);
http::reply profile(call& c);

/// {"status":"error","errorMessage":…,"errorCode":…}; 3 is the only code that the document shows.
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
http::reply refuse(code number, std::string_view message);
bool uses_api_key(const call& c);

} // namespace ulak::sim::toplusms
