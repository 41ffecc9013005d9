// The toy provider's API: its requests as pure functions. Base https://toy.example/v1, Bearer token, JSON.
#pragma once

#include "http/message.hpp"
#include "providers/sms_sender.hpp"

#include <string_view>

namespace ulak::providers::toy::wire {

inline constexpr std::string_view provider_name = "toy";

http::request get_balance(std::string_view token);
/// Costly. errc::invalid_argument: no numbers.
result<http::request> post_message(std::string_view token, const sms_order& order);
http::request get_message(std::string_view token, std::string_view message_id);

} // namespace ulak::providers::toy::wire
