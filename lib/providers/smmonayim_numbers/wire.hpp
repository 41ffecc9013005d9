// The requests of SMMOnayim's number API (v1) as pure functions. Source: the seed document; its sister sites
// (smsadresin.com, sms.tc …) show the same calls with ids as texts, null codes and one object for the details. Base
// https://smmonayim.com/api/v1.
#pragma once

#include "http/message.hpp"
#include "providers/number_seller.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers::smmonayim_numbers::wire {

inline constexpr std::string_view provider_name = "smmonayim-numbers";

/// The document's table says POST, its URLs carry everything in the path, and clients of the sister sites use GET: the
/// caller says which.
http::request get_categories(http::method verb);
http::request get_services(http::method verb, std::string_view category_id);
http::request get_service_details(http::method verb, std::string_view service_id);
http::request get_balance(http::method verb, std::string_view key);
http::request get_number(http::method verb, std::string_view key, std::string_view service_id); ///< costly
http::request get_message(http::method verb, std::string_view key, std::string_view number_id);
http::request cancel_number(http::method verb, std::string_view key, std::string_view number_id);

} // namespace ulak::providers::smmonayim_numbers::wire
