#include "providers/smmonayim_numbers/wire.hpp"

#include "http/form.hpp"

namespace ulak::providers::smmonayim_numbers::wire {
namespace {

constexpr std::size_t list_body = 4 * 1024 * 1024;

// A label is "smmonayim." and the call's name in the document.
std::string_view call_of(std::string_view label)
{
    return label.substr(label.find('.') + 1);
}

void add_segment(std::string& target, std::string_view text)
{
    target += '/';
    http::append_percent_encoded(target, text);
}

http::request open_call(http::method verb, std::string_view label, std::string_view id = {})
{
    std::string target;
    add_segment(target, call_of(label));
    if (!id.empty())
        add_segment(target, id);
    http::request r(verb, std::move(target), label);
    r.max_body = list_body;
    return r;
}

// The key is a path segment: it has to be encoded, and the target is as secret as the key.
http::request keyed_call(http::method verb, std::string_view key, std::string_view label, std::string_view id = {})
{
    std::string target;
    target.reserve(key.size() + label.size() + id.size() + 3); // polls are many: one allocation for each
    add_segment(target, key);
    add_segment(target, call_of(label));
    if (!id.empty())
        add_segment(target, id);
    return http::request(verb, std::move(target), label);
}

} // namespace

http::request get_categories(http::method verb)
{
    return open_call(verb, "smmonayim.getCategories");
}

http::request get_services(http::method verb, std::string_view category_id)
{
    return open_call(verb, "smmonayim.getServices", category_id);
}

http::request get_service_details(http::method verb, std::string_view service_id)
{
    return open_call(verb, "smmonayim.getServiceDetails", service_id);
}

http::request get_balance(http::method verb, std::string_view key)
{
    return keyed_call(verb, key, "smmonayim.getBalance");
}

http::request get_number(http::method verb, std::string_view key, std::string_view service_id)
{
    return keyed_call(verb, key, "smmonayim.getNumber", service_id);
}

http::request get_message(http::method verb, std::string_view key, std::string_view number_id)
{
    return keyed_call(verb, key, "smmonayim.getMessage", number_id);
}

http::request cancel_number(http::method verb, std::string_view key, std::string_view number_id)
{
    return keyed_call(verb, key, "smmonayim.cancelNumber", number_id);
}

} // namespace ulak::providers::smmonayim_numbers::wire
