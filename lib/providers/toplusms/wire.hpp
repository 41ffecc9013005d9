// The requests of TopluSMS (and other panels of Nixarsoft) as pure functions. Source: the seed document. Base
// https://panel.toplusms.tc/api/v1. Everything comes with HTTP 200; what counts is in the body.
#pragma once

#include "http/message.hpp"
#include "providers/sms_sender.hpp"

#include <string>
#include <string_view>

namespace ulak::providers::toplusms::wire {

inline constexpr std::string_view provider_name = "toplusms";

/// The document names no limit. Ten thousand numbers make a body of 110 KB, which any PHP server takes.
inline constexpr std::size_t max_recipients = 10'000;
inline constexpr std::size_t max_recipients_in_url = 100;
/// Bytes of a request line: common servers take 8190, and a proxy may add its own path.
inline constexpr std::size_t max_request_line = 8000;
/// Of the request line, for everything but text and numbers: method, path, key, title and version.
inline constexpr std::size_t other_parts_of_line = 500;
/// In a query: ten digits and an encoded comma.
inline constexpr std::size_t bytes_of_number_in_url = 13;
/// With one number.
inline constexpr std::size_t max_text_in_url = max_request_line - other_parts_of_line - bytes_of_number_in_url;

enum class body_form { url_encoded, multipart };

/// The POST API: HTTP Basic with the user and the md5 of the password.
struct user {
    std::string_view name;
    std::string_view password_md5; ///< 32 hex digits, as good as the password
};
http::request send(const user& u, const sms_order& order, body_form form); ///< costly
http::request report(const user& u, std::string_view queue_id);
http::request profile(const user& u);
/// The same read as POST with an empty body, as the vendor's own sample sends it; for servers that refuse GET.
http::request as_empty_post(http::request read);

/// The URL API: everything in the query, no validity, other names.
http::request send_by_url(std::string_view api_key, const sms_order& order); ///< costly, though a GET
http::request report_by_url(std::string_view api_key, std::string_view queue_id);
http::request profile_by_url(std::string_view api_key);

/// Numbers that fit into one request line beside the text, at least one.
std::size_t max_recipients_beside(const std::string& text);

/// errc::invalid_argument: the order does not fit into one request of `most` numbers.
result<void> check_order(const sms_order& order, std::size_t most);

} // namespace ulak::providers::toplusms::wire
