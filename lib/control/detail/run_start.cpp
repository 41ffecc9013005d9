#include "control/detail/run_start.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"
#include "control/detail/run_views.hpp"
#include "core/text.hpp"

#include <optional>

namespace ulak::control {

namespace {

constexpr std::size_t max_key_length = 255;

/// Empty: the caller gave none. A key that is empty or stands twice is a slip of a script, and taken for no key it
/// would buy at every repetition.
result<std::string> read_idempotency_key(const http::incoming_request& request)
{
    std::optional<std::string> key;
    for (const auto& [name, value] : request.headers) {
        if (lower_ascii(name) != "idempotency-key")
            continue;
        if (key)
            return error(errc::invalid_argument, "Idempotency-Key: the header stands twice; one key names one run");
        key = std::string(trim(value));
        if (key->empty())
            return error(errc::invalid_argument,
                         "Idempotency-Key: the key is empty; leave the header out, or name one");
        if (key->size() > max_key_length)
            return error(errc::invalid_argument, "Idempotency-Key: at most 255 bytes");
    }
    return key.value_or(std::string());
}

/// A plan that does not hold has a code of its own.
http::reply refusal(const error& why)
{
    const bool by_plan = why.provider_code == engine::plan_changed || why.provider_code == engine::not_approved;
    return by_plan ? problem(status_of(why.code), why.provider_code, why.message) : problem(why);
}

} // namespace

std::string caller_of(const http::incoming_request& request)
{
    return request.remote.local ? "uid:" + std::to_string(request.remote.uid) : std::string();
}

result<engine::start_request> read_start_request(const http::incoming_request& request, std::string job)
{
    engine::start_request r;
    r.job = std::move(job);
    r.trigger = "manual";
    r.by = caller_of(request);
    auto key = read_idempotency_key(request);
    if (!key)
        return key.error();
    r.idempotency_key = std::move(*key);
    return r;
}

task<http::reply> start_and_follow(request_context& c, engine::start_request request)
{
    if (auto wait = parse_wait(c.request); !wait)
        co_return problem(wait.error()); // nothing is begun for a caller who hears nothing of it
    auto began = co_await c.engine().start_run(std::move(request));
    if (!began)
        co_return refusal(began.error());
    co_return co_await follow_run(c, std::move(began->id));
}

task<result<ledger::run_record>> wait_for_end(request_context& c, run_id id, std::chrono::milliseconds wait,
                                              bool* broken_off)
{
    if (wait > std::chrono::milliseconds(0)) {
        const http::scoped_wait patient(c.request);
        auto run = co_await c.engine().wait(id, c.server.deps.time.now() + wait);
        if (run || run.error().code != errc::cancelled)
            co_return run;
        if (broken_off)
            *broken_off = true;
    }
    co_return co_await c.store().run(std::move(id));
}

task<http::reply> follow_run(request_context& c, run_id id)
{
    auto wait = parse_wait(c.request);
    if (!wait)
        co_return problem(wait.error());
    auto run = co_await wait_for_end(c, id, *wait);
    if (!run)
        co_return problem(run.error());
    http::reply reply = json_reply(c, view(*run), ledger::is_final(run->state) ? 201 : 202);
    reply.headers.emplace_back("Location", "/v1/runs/" + id.text());
    co_return reply;
}

} // namespace ulak::control
