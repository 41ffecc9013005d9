#include "engine/detail/delivery.hpp"

#include "core/json_text.hpp"
#include "http/auth.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::engine {
namespace {

constexpr auto time_limit = std::chrono::seconds(15);

http::request signed_request(const webhook& way, const parsed_notice& what)
{
    http::request r(http::method::post, way.target, "notify." + what.notice.channel);
    r.headers.emplace_back("Content-Type", "application/json");
    const auto event = what.field("event");
    r.headers.emplace_back("X-Ulak-Event", event.empty() ? what.notice.moment : event);
    if (!way.signing_key.empty())
        r.headers.emplace_back("X-Ulak-Signature",
                               "sha256=" + http::hmac_sha256_hex(way.signing_key.reveal(), what.notice.body));
    r.body = what.notice.body;
    return r;
}

} // namespace

parsed_notice::parsed_notice(ledger::notice_record n) : notice(std::move(n))
{
    auto read = parse_json(notice.body);
    if (read && read->is_object())
        body = std::move(read->get_object());
}

std::string parsed_notice::field(std::string_view name) const
{
    const auto* value = body.if_contains(name);
    if (!value)
        if (const auto* data = body.if_contains("data"); data && data->is_object())
            value = data->get_object().if_contains(name);
    if (!value || value->is_null())
        return {};
    return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

task<attempt> deliver_to_webhook(shared_state& c, webhook& way, const parsed_notice& what)
{
    auto request = signed_request(way, what);
    http::send_options options(c.steady_in(time_limit));
    auto got = co_await way.client->send(request, options);
    if (!got.answer)
        co_return attempt(got.answer.error(), true);
    const auto status = got.answer->status;
    if (status >= 200 && status < 300)
        co_return attempt();
    error refused(errc::transient, "the webhook answered " + std::to_string(status), reach::answered);
    refused.http_status = status;
    co_return attempt(std::move(refused), true);
}

} // namespace ulak::engine
