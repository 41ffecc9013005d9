#include "engine/detail/webhook_notice.hpp"

#include "http/auth.hpp"

namespace ulak::engine {
namespace {

constexpr auto answer_time_limit = std::chrono::seconds(15);

http::request signed_request(const webhook& channel, const parsed_notice& notice)
{
    http::request r(http::method::post, channel.target, "notify." + notice.notice.channel);
    r.headers.emplace_back("Content-Type", "application/json");
    const auto event = notice.field("event");
    r.headers.emplace_back("X-Ulak-Event", event.empty() ? notice.notice.moment : event);
    if (!channel.signing_key.empty())
        r.headers.emplace_back("X-Ulak-Signature",
                               "sha256=" + http::hmac_sha256_hex(channel.signing_key.reveal(), notice.notice.body));
    r.body = notice.notice.body;
    return r;
}

} // namespace

task<attempt> deliver_to_webhook(shared_state& shared, webhook& channel, const parsed_notice& notice)
{
    auto request = signed_request(channel, notice);
    http::send_options options(shared.steady_in(answer_time_limit));
    auto got = co_await channel.client->send(request, options);
    // The status alone counts: a body that is too large, cut off or of an odd coding must not send the notice again.
    const auto status = got.answer ? got.answer->status : got.trace.status;
    if (status >= 200 && status < 300)
        co_return attempt();
    if (!got.answer)
        co_return attempt(got.answer.error(), true);
    error refused(errc::transient, "the webhook answered " + std::to_string(status), reach::answered);
    refused.http_status = status;
    co_return attempt(std::move(refused), true);
}

} // namespace ulak::engine
