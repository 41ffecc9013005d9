#include "ulakctl/daemon_client.hpp"

#include "core/json_text.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::ctl {

namespace {

/// A page of 10,000 items is the largest response.
constexpr std::size_t max_answer_bytes = 64 * 1024 * 1024;
constexpr int max_busy_retries = 30;
constexpr std::chrono::seconds busy_pause(1);

error refusal_error(int status, const boost::json::value& body)
{
    error e(errc::conflict, "the daemon answered with status " + std::to_string(status), reach::answered);
    e.http_status = status;
    if (const auto* o = body.if_object()) {
        if (const auto* detail = o->if_contains("detail"); detail && detail->is_string())
            e.message = std::string(detail->get_string());
        if (const auto* code = o->if_contains("code"); code && code->is_string())
            e.provider_code = std::string(code->get_string());
    }
    return e;
}

/// "busy" says that nothing was done, so that the same request may be sent again.
bool is_busy(const http::response& answer)
{
    return answer.status == 503 && answer.body.find("\"code\":\"busy\"") != std::string::npos;
}

} // namespace

result<boost::json::value> daemon_client::send(http::request r, std::chrono::milliseconds timeout)
{
    r.max_body = max_answer_bytes;
    auto answer = transport_->send(r, timeout);
    for (int again = 0; answer && is_busy(*answer) && again < max_busy_retries; ++again) {
        transport_->pause(busy_pause);
        answer = transport_->send(r, timeout);
    }
    if (!answer)
        return answer.error();
    auto body = parse_json(answer->body, max_answer_bytes);
    if (!body)
        return error(errc::contract, "the daemon's answer is not JSON; is " + socket_ + " the socket of ulakd?");
    if (answer->status >= 400)
        return refusal_error(answer->status, *body);
    return std::move(*body);
}

result<boost::json::value> daemon_client::get(const std::string& target, std::chrono::milliseconds timeout)
{
    return send(http::request(http::method::get, target, "control"), timeout);
}

result<boost::json::value> daemon_client::post(const std::string& target, const boost::json::value& body,
                                               http::header_list headers, std::chrono::milliseconds timeout)
{
    http::request r(http::method::post, target, "control");
    r.headers = std::move(headers);
    r.headers.emplace_back("Content-Type", "application/json");
    r.body = boost::json::serialize(body);
    return send(std::move(r), timeout);
}

result<boost::json::value> daemon_client::remove(const std::string& target)
{
    return send(http::request(http::method::del, target, "control"), default_timeout);
}

result<void> daemon_client::follow(const std::string& target, std::function<void(std::string_view)> on_line)
{
    std::string rest; // of a line whose end has not come yet
    auto split_lines = [&](std::string_view bytes) {
        rest += bytes;
        for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
            if (end > 0)
                on_line(std::string_view(rest).substr(0, end));
            rest.erase(0, end + 1);
        }
        return true;
    };
    return transport_->follow(http::request(http::method::get, target, "control"), split_lines);
}

} // namespace ulak::ctl
