#include "providers/smmonayim_numbers/wire.hpp"

#include "http/form.hpp"

namespace ulak::providers::smmonayim_numbers::wire {
namespace {

constexpr std::size_t list_body = 4 * 1024 * 1024;

http::request open_call(http::method verb, std::string_view call, std::string_view id = {})
{
    auto target = "/" + std::string(call);
    if (!id.empty())
        target += "/" + http::percent_encode(id);
    http::request r(verb, std::move(target), "smmonayim." + std::string(call));
    r.max_body = list_body;
    return r;
}

// The key is a path segment, so it has to be encoded, and the target is as secret as the key.
http::request keyed_call(http::method verb, std::string_view key, std::string_view call, std::string_view id = {})
{
    auto target = "/" + http::percent_encode(key) + "/" + std::string(call);
    if (!id.empty())
        target += "/" + http::percent_encode(id);
    return http::request(verb, std::move(target), "smmonayim." + std::string(call));
}

} // namespace

http::request get_categories(http::method verb)
{
    return open_call(verb, "getCategories");
}

http::request get_services(http::method verb, std::string_view category_id)
{
    return open_call(verb, "getServices", category_id);
}

http::request get_service_details(http::method verb, std::string_view service_id)
{
    return open_call(verb, "getServiceDetails", service_id);
}

http::request get_balance(http::method verb, std::string_view key)
{
    return keyed_call(verb, key, "getBalance");
}

http::request get_number(http::method verb, std::string_view key, std::string_view service_id)
{
    return keyed_call(verb, key, "getNumber", service_id);
}

http::request get_message(http::method verb, std::string_view key, std::string_view number_id)
{
    return keyed_call(verb, key, "getMessage", number_id);
}

http::request cancel_number(http::method verb, std::string_view key, std::string_view number_id)
{
    return keyed_call(verb, key, "cancelNumber", number_id);
}

} // namespace ulak::providers::smmonayim_numbers::wire
