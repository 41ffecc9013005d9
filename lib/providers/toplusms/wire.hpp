// TopluSMS (and other panels of Nixarsoft) as pure functions. Source: the seed document. Base
// https://panel.toplusms.tc/api/v1. Everything comes with HTTP 200; what counts is in the body.
#pragma once

#include "http/message.hpp"
#include "providers/capability.hpp"

#include <string>
#include <string_view>

namespace ulak::providers::toplusms::wire {

inline constexpr std::string_view provider_name = "toplusms";

// The document names no limit. Ten thousand numbers make a body of 110 KB, which any PHP server takes.
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
/// The vendor's own sample sends its reads as POST with an empty body; for servers that refuse GET.
http::request as_empty_post(http::request read);
bool rejects_method(const http::response& r);

/// The URL API: everything in the query, no validity, other names.
http::request send_by_url(std::string_view api_key, const sms_order& order); ///< costly, though a GET
http::request report_by_url(std::string_view api_key, std::string_view queue_id);
http::request profile_by_url(std::string_view api_key);

/// errc::invalid_argument where the order cannot be put into one request.
result<void> check_order(const sms_order& order, std::size_t most);

enum class balance_field { credit, money };

/// The queue's id. "status" may be missing; an "errorCode" is a refusal even under "success".
result<sms_receipt> read_send(const http::response& r);
/// Unknown words are waiting. An answer about another queue: errc::contract.
result<sms_report> read_report(const http::response& r, std::string_view queue_id);
/// Reads the two balances only: the rest of this answer is the customer's identity and, by URL, the key itself.
result<money> read_balance(const http::response& r, balance_field which);

} // namespace ulak::providers::toplusms::wire
