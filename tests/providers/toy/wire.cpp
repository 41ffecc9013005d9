#include "providers/toy/wire.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "http/form.hpp"

namespace ulak::providers::toy::wire {
namespace {

http::request authorised(http::method verb, std::string target, std::string_view label, std::string_view token)
{
    http::request r(verb, std::move(target), label);
    r.headers.emplace_back("Authorization", http::bearer_authorization(token));
    return r;
}

} // namespace

http::request get_balance(std::string_view token)
{
    return authorised(http::method::get, "/balance", "toy.balance", token);
}

result<http::request> post_message(std::string_view token, const sms_order& order)
{
    if (order.numbers.empty())
        return error(errc::invalid_argument, "toy: a message needs a number");
    auto r = authorised(http::method::post, "/messages", "toy.send", token);
    r.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    r.body = http::form_encode({{"text", order.text}, {"to", join(order.numbers, ",", &phone::digits)}});
    return r;
}

http::request get_message(std::string_view token, std::string_view message_id)
{
    return authorised(http::method::get, "/messages/" + http::percent_encode(message_id), "toy.report", token);
}

} // namespace ulak::providers::toy::wire
