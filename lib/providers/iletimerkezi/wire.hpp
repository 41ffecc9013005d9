// iletimerkezi's requests as pure functions. Source: the seed document (balance) and the public ones (apidocs-website,
// the vendor's SDKs). POST https://api.iletimerkezi.com/v1/<call>/json; key and hash travel in the body. Its own code
// is in the answer and, mirrored, in the HTTP status.
#pragma once

#include "http/message.hpp"
#include "providers/sms_sender.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers::iletimerkezi::wire {

inline constexpr std::string_view provider_name = "iletimerkezi";
inline constexpr std::size_t max_recipients = 50'000; ///< of one send-sms
inline constexpr std::size_t max_segments = 7;        ///< of one text; more are refused with code 453
inline constexpr int report_page_size = 1000;         ///< entries of one get-report

struct login {
    std::string_view key;
    std::string_view hash; ///< as the panel shows it, or hash_of(key, secret)
};
/// hex(HMAC-SHA256(secret, key)): what older accounts compute themselves.
std::string hash_of(std::string_view key, std::string_view secret_key);

http::request get_balance(const login& l);
/// Costly. Sent at once. Byte-identical for the same order, which is what code 451 recognises.
http::request send_sms(const login& l, const sms_order& order);
http::request get_report(const login& l, std::string_view order_id, int page);
http::request cancel_order(const login& l, std::string_view order_id);
/// `start` and `end` as "2026-11-22", at most ten days apart.
http::request get_reports(const login& l, std::string_view start, std::string_view end, int page);
http::request get_sender(const login& l);
/// `start` and `end` as "2026-11-22 09:00:00"; both may be empty.
http::request get_blacklist(const login& l, std::string_view start, std::string_view end, int page);
http::request add_blacklist(const login& l, const phone& number);
http::request delete_blacklist(const login& l, const phone& number);

/// errc::invalid_argument: the order does not fit into one request.
result<void> check_order(const sms_order& order);

} // namespace ulak::providers::iletimerkezi::wire
