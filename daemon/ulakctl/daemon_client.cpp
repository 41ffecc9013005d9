#include "ulakctl/daemon_client.hpp"

#include "async/system_clock.hpp"
#include "core/json_text.hpp"
#include "http/local_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>

#include <optional>

namespace ulak::ctl {

namespace {

/// Answers of the daemon: a page of 10,000 items is the largest.
constexpr std::size_t max_answer_bytes = 64 * 1024 * 1024;

struct call_result {
    std::optional<http::exchange> exchange{};
    std::optional<result<void>> stream{};
};

task<> ask_into(async::clock& time, const std::string& socket, http::request r, async::steady_point deadline,
                call_result& out)
{
    out.exchange = co_await http::send_local(time, socket, std::move(r), deadline);
}

task<> follow_into(async::clock& time, const std::string& socket, http::request r,
                   std::function<bool(std::string_view)> on_bytes, call_result& out)
{
    out.stream = co_await http::follow_local(time, socket, std::move(r), std::move(on_bytes));
}

/// Runs one coroutine on a loop of its own; whatever escapes it is ours and ends the program.
template<class Start>
call_result run(Start start)
{
    boost::asio::io_context loop{1};
    async::system_clock time(loop.get_executor());
    call_result out;
    boost::asio::co_spawn(loop, start(time, out), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    loop.run();
    return out;
}

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

} // namespace

result<boost::json::value> daemon_client::ask(http::request r, std::chrono::milliseconds patience)
{
    r.max_body = max_answer_bytes;
    auto got = run([&](async::clock& time, call_result& out) {
        return ask_into(time, socket_, std::move(r), time.now() + patience, out);
    });
    if (!got.exchange->answer)
        return got.exchange->answer.error();
    const http::response& said = *got.exchange->answer;
    auto body = parse_json(said.body, max_answer_bytes);
    if (!body)
        return error(errc::contract, "the daemon's answer is not JSON; is " + socket_ + " the socket of ulakd?");
    if (said.status >= 400)
        return refusal_error(said.status, *body);
    return std::move(*body);
}

result<boost::json::value> daemon_client::get(const std::string& target, std::chrono::milliseconds patience)
{
    return ask(http::request(http::method::get, target, "control"), patience);
}

result<boost::json::value> daemon_client::post(const std::string& target, const boost::json::value& body,
                                             http::header_list headers, std::chrono::milliseconds patience)
{
    http::request r(http::method::post, target, "control");
    r.headers = std::move(headers);
    r.headers.emplace_back("Content-Type", "application/json");
    r.body = boost::json::serialize(body);
    return ask(std::move(r), patience);
}

result<boost::json::value> daemon_client::remove(const std::string& target)
{
    return ask(http::request(http::method::del, target, "control"), default_timeout);
}

result<void> daemon_client::follow(const std::string& target, std::function<void(std::string_view)> on_line)
{
    std::string rest;
    auto split_lines = [&](std::string_view bytes) {
        rest += bytes;
        for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
            if (end > 0)
                on_line(std::string_view(rest).substr(0, end));
            rest.erase(0, end + 1);
        }
        return true;
    };
    auto got = run([&](async::clock& time, call_result& out) {
        return follow_into(time, socket_, http::request(http::method::get, target, "control"), split_lines, out);
    });
    return std::move(*got.stream);
}

} // namespace ulak::ctl
