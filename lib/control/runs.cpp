#include "control/detail/handlers.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/views.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t max_runs = 1000;
constexpr std::size_t max_items = 10'000;
constexpr std::size_t max_key_length = 255;

result<engine::start_request> read_run_request(request_context& c)
{
    auto body = parse_body(c.request, {"params"});
    if (!body)
        return body.error();
    auto r = read_start_request(c.request, c.path_param("job"));
    if (!r)
        return r;
    if (json::value* params = body->if_contains("params")) {
        if (!params->is_object())
            return error(errc::invalid_argument, "params must be an object");
        r->params = std::move(params->get_object());
    }
    return r;
}

template<class State>
result<std::vector<State>> parse_states(const http::incoming_request& in,
                                        std::optional<State> (*parse)(std::string_view) noexcept)
{
    std::vector<State> states;
    const std::string_view text = in.parameter("state");
    if (text.empty())
        return states;
    for (std::string_view word : split(text, ',')) {
        auto state = parse(word);
        if (!state)
            return error(errc::invalid_argument, "state: there is no state `" + printable(word) + "`");
        states.push_back(*state);
    }
    return states;
}

result<ledger::item_query> read_item_query(request_context& c)
{
    ledger::item_query q;
    q.run = run_id(c.path_param("id"));
    auto states = parse_states(c.request, ledger::parse_item_state);
    if (!states)
        return states.error();
    auto limit = parse_limit(c.request, 1000, max_items);
    if (!limit)
        return limit.error();
    q.states = std::move(*states);
    q.limit = *limit;
    const std::string_view after = c.request.parameter("after");
    const auto [stop, wrong] = std::from_chars(after.data(), after.data() + after.size(), q.after);
    if (!after.empty() && (wrong != std::errc() || stop != after.data() + after.size()))
        return error(errc::invalid_argument, "after: the position of the last recipient that you have");
    return q;
}

} // namespace

result<engine::start_request> read_start_request(const http::incoming_request& in, std::string job)
{
    engine::start_request r;
    r.job = std::move(job);
    r.trigger = "manual";
    r.idempotency_key = std::string(in.header("idempotency-key"));
    if (r.idempotency_key.size() > max_key_length)
        return error(errc::invalid_argument, "Idempotency-Key: at most 255 bytes");
    return r;
}

task<http::reply> post_run(request_context& c)
{
    auto request = read_run_request(c);
    if (!request)
        co_return problem(request.error());
    auto begun = start_and_follow(c, std::move(*request));
    co_return co_await std::move(begun);
}

task<http::reply> start_and_follow(request_context& c, engine::start_request request)
{
    if (auto wait = parse_wait(c.request); !wait)
        co_return problem(wait.error()); // nothing is begun for a caller who hears nothing of it
    auto began = co_await c.server.deps.engine.start_run(std::move(request));
    if (!began)
        co_return problem(began.error());
    co_return co_await follow_run(c, std::move(began->id));
}

task<http::reply> follow_run(request_context& c, run_id id)
{
    auto wait = parse_wait(c.request);
    if (!wait)
        co_return problem(wait.error());
    auto run = co_await c.server.deps.engine.wait(id, c.server.deps.time.now() + *wait);
    if (!run)
        co_return problem(run.error());
    http::reply said = json_reply(view(*run, c.masked()), ledger::is_final(run->state) ? 201 : 202);
    said.headers.emplace_back("Location", "/v1/runs/" + id.text());
    co_return said;
}

task<http::reply> get_runs(request_context& c)
{
    ledger::run_query q;
    q.job = std::string(c.request.parameter("job"));
    q.before = std::string(c.request.parameter("before"));
    auto states = parse_states(c.request, ledger::parse_run_state);
    if (!states)
        co_return problem(states.error());
    auto limit = parse_limit(c.request, 50, max_runs);
    if (!limit)
        co_return problem(limit.error());
    q.states = std::move(*states);
    q.limit = *limit;
    auto found = co_await c.server.store().runs(std::move(q));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::run_record& run : *found)
        all.push_back(view(run, c.masked()));
    co_return json_reply({{"runs", std::move(all)}});
}

task<http::reply> get_run(request_context& c)
{
    auto wait = parse_wait(c.request);
    if (!wait)
        co_return problem(wait.error());
    auto run = co_await c.server.deps.engine.wait(run_id(c.path_param("id")), c.server.deps.time.now() + *wait);
    if (!run)
        co_return problem(run.error());
    co_return json_reply(view(*run, c.masked()));
}

task<http::reply> get_items(request_context& c)
{
    auto q = read_item_query(c);
    if (!q)
        co_return problem(q.error());
    auto run = co_await c.server.store().run(q->run);
    if (!run)
        co_return problem(run.error());
    auto found = co_await c.server.store().items(std::move(*q));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::item_record& item : *found) {
        json::object one = view(item, c.masked());
        if (!c.masked() && item.text.empty())
            one.erase("text");
        all.push_back(std::move(one));
    }
    co_return json_reply({{"items", std::move(all)}});
}

task<http::reply> get_effects(request_context& c)
{
    auto run = co_await c.server.store().run(run_id(c.path_param("id")));
    if (!run)
        co_return problem(run.error());
    ledger::effect_query q;
    q.run = c.path_param("id");
    auto found = co_await c.server.store().effects(std::move(q));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::effect_record& effect : *found)
        all.push_back(view(effect, c.masked()));
    co_return json_reply({{"effects", std::move(all)}});
}

task<http::reply> post_cancel(request_context& c)
{
    auto wait = parse_wait(c.request);
    if (!wait)
        co_return problem(wait.error());
    const run_id id(c.path_param("id"));
    auto asked = co_await c.server.deps.engine.cancel(id);
    if (!asked)
        co_return problem(asked.error());
    auto run = co_await c.server.deps.engine.wait(id, c.server.deps.time.now() + *wait);
    if (!run)
        co_return problem(run.error());
    co_return json_reply(view(*run, c.masked()), ledger::is_final(run->state) ? 200 : 202);
}

} // namespace ulak::control
