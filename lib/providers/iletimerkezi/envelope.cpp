#include "providers/iletimerkezi/envelope.hpp"

#include "providers/detail/answer.hpp"
#include "providers/iletimerkezi/codes.hpp"
#include "providers/iletimerkezi/wire.hpp"

namespace ulak::providers::iletimerkezi::wire {
namespace {

constexpr std::string_view auth_hint =
    "; check the key and its hash, that the panel allows the API (\"API kullanımına izin "
    "ver\"), and the panel's list of allowed IP addresses";

// The answer to a refused login may have no envelope, or be the page of a proxy.
error without_envelope(const http::response& r, std::string_view why)
{
    auto e = undocumented_error(r, provider_name, why);
    if (e.code == errc::auth)
        e.message += auth_hint;
    return e;
}

} // namespace

error refusal_error(const http::response& r, std::int64_t code, std::string_view message)
{
    auto e = answered_error(errc_of_code(code), r, provider_name, message, std::to_string(code));
    e.message += ", code " + std::to_string(code);
    if (e.code == errc::auth)
        e.message += auth_hint;
    return e;
}

result<envelope> open_envelope(const http::response& r)
{
    auto body = read_json(r, provider_name);
    if (!body)
        return body.error().code == errc::auth ? without_envelope(r, {}) : body.error();
    const json_value* inner = body->find("response");
    if (!inner || !inner->is_object())
        return without_envelope(r, "no \"response\" in the answer");
    envelope e;
    e.code = as_int(inner->at_pointer("/status/code")).value_or(r.status);
    e.message = as_text(inner->at_pointer("/status/message")).value_or("");
    e.response = *inner;
    // Refused by HTTP but a success by its own code: whatever that is, it is no success.
    if (e.code == status_ok && r.status >= 300)
        e.code = r.status;
    return e;
}

result<json_value> open_successful(const http::response& r)
{
    auto e = open_envelope(r);
    if (!e)
        return e.error();
    if (e->code != status_ok)
        return refusal_error(r, e->code, e->message);
    return std::move(e->response);
}

} // namespace ulak::providers::iletimerkezi::wire
