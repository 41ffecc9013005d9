// SMMOnayim's number API (v1) as pure functions. Source: the seed document; its sister sites (smsadresin.com, sms.tc …)
// show the same calls with ids as texts, null codes and one object for the details. Base https://smmonayim.com/api/v1.
#pragma once

#include "http/message.hpp"
#include "providers/capability.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers::smmonayim_numbers::wire {

inline constexpr std::string_view provider_name = "smmonayim-numbers";

/// The document's table says POST, its URLs carry everything in the path, and clients of the sister sites use GET; so
/// every builder is told which.
http::request get_categories(http::method verb);
http::request get_services(http::method verb, std::string_view category_id);
http::request get_service_details(http::method verb, std::string_view service_id);
http::request get_balance(http::method verb, std::string_view key);
http::request get_number(http::method verb, std::string_view key, std::string_view service_id); ///< costly
http::request get_message(http::method verb, std::string_view key, std::string_view number_id);
http::request cancel_number(http::method verb, std::string_view key, std::string_view number_id);

struct category {
    std::string id{}, name{};
};

result<std::vector<category>> read_categories(const http::response& r);
result<std::vector<service>> read_services(const http::response& r, std::string_view category_name);
/// The entry with the asked id, never another one's price. An empty list: errc::not_found.
result<service> read_details(const http::response& r, std::string_view service_id);
result<money> read_balance(const http::response& r);
/// A number without its text is still an order: it can be given back, which a doubt cannot.
result<number_order> read_number(const http::response& r);
/// 1 with a code, 0 waiting, -1 ended; 1 without a code yet and unknown words are waiting, with the word in `word`.
result<number_status> read_message(const http::response& r, std::string_view number_id);
/// success:false is errc::denied_now: too early, too late or overtaken by the SMS, which the next poll tells.
result<void> read_cancel(const http::response& r);

/// Whether an answer says that the method, not the call, was wrong: 404, 405, 419 or a web page.
bool rejects_method(const http::response& r);

} // namespace ulak::providers::smmonayim_numbers::wire
