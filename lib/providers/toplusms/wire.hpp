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
/// A request line of common servers holds about 8 KB, and a long Turkish text takes most of it.
inline constexpr std::size_t max_recipients_in_url = 100;

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

/// errc::invalid_argument: the order does not fit into one request of `most` numbers.
result<void> check_order(const sms_order& order, std::size_t most);

} // namespace ulak::providers::toplusms::wire
