#include "control/handlers.hpp"
#include "control/problem.hpp"
#include "control/views.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

#include <charconv>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t most_runs = 1000;
constexpr std::size_t most_items = 10'000;
constexpr std::size_t longest_key = 255;

result<engine::start_request> read_start(call& c)
{
    auto body = body_of(c.in, {"params"});
    if (!body)
        return body.error();
    auto r = start_of(c.in, c.named("job"));
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
result<std::vector<State>> states_asked(const http::incoming_request& in,
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

result<ledger::item_query> read_items(call& c)
{
    ledger::item_query q;
    q.run = run_id(c.named("id"));
    auto states = states_asked(c.in, ledger::parse_item_state);
    if (!states)
        return states.error();
    auto limit = limit_of(c.in, 1000, most_items);
    if (!limit)
        return limit.error();
    q.states = std::move(*states);
    q.limit = *limit;
    const std::string_view after = c.in.parameter("after");
    const auto [stop, wrong] = std::from_chars(after.data(), after.data() + after.size(), q.after);
    if (!after.empty() && (wrong != std::errc() || stop != after.data() + after.size()))
        return error(errc::invalid_argument, "after: the position of the last recipient that you have");
    return q;
}

} // namespace

result<engine::start_request> start_of(const http::incoming_request& in, std::string job)
{
    engine::start_request r;
    r.job = std::move(job);
    r.trigger = "manual";
    r.idempotency_key = std::string(in.header("idempotency-key"));
    if (r.idempotency_key.size() > longest_key)
        return error(errc::invalid_argument, "Idempotency-Key: at most 255 bytes");
    return r;
}

task<http::reply> post_run(call& c)
{
    auto request = read_start(c);
    if (!request)
        co_return problem(request.error());
    auto begun = begin_run(c, std::move(*request));
    co_return co_await std::move(begun);
}

task<http::reply> begin_run(call& c, engine::start_request request)
{
    if (auto wait = wait_of(c.in); !wait)
        co_return problem(wait.error()); // nothing is begun for a caller who hears nothing of it
    auto began = co_await c.at.with.machine.start_run(std::move(request));
    if (!began)
        co_return problem(began.error());
    co_return co_await follow_run(c, std::move(began->id));
}

task<http::reply> follow_run(call& c, run_id id)
{
    auto wait = wait_of(c.in);
    if (!wait)
        co_return problem(wait.error());
    auto run = co_await c.at.with.machine.wait(id, c.at.with.time.now() + *wait);
    if (!run)
        co_return problem(run.error());
    http::reply said = json_reply(view(*run, c.masked()), ledger::is_final(run->state) ? 201 : 202);
    said.headers.emplace_back("Location", "/v1/runs/" + id.text());
    co_return said;
}

task<http::reply> get_runs(call& c)
{
    ledger::run_query q;
    q.job = std::string(c.in.parameter("job"));
    q.before = std::string(c.in.parameter("before"));
    auto states = states_asked(c.in, ledger::parse_run_state);
    if (!states)
        co_return problem(states.error());
    auto limit = limit_of(c.in, 50, most_runs);
    if (!limit)
        co_return problem(limit.error());
    q.states = std::move(*states);
    q.limit = *limit;
    auto found = co_await c.at.store().runs(std::move(q));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::run_record& run : *found)
        all.push_back(view(run, c.masked()));
    co_return json_reply({{"runs", std::move(all)}});
}

task<http::reply> get_run(call& c)
{
    auto wait = wait_of(c.in);
    if (!wait)
        co_return problem(wait.error());
    auto run = co_await c.at.with.machine.wait(run_id(c.named("id")), c.at.with.time.now() + *wait);
    if (!run)
        co_return problem(run.error());
    co_return json_reply(view(*run, c.masked()));
}

task<http::reply> get_items(call& c)
{
    auto q = read_items(c);
    if (!q)
        co_return problem(q.error());
    auto run = co_await c.at.store().run(q->run);
    if (!run)
        co_return problem(run.error());
    auto found = co_await c.at.store().items(std::move(*q));
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

task<http::reply> get_effects(call& c)
{
    auto run = co_await c.at.store().run(run_id(c.named("id")));
    if (!run)
        co_return problem(run.error());
    ledger::effect_query q;
    q.run = c.named("id");
    auto found = co_await c.at.store().effects(std::move(q));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const ledger::effect_record& effect : *found)
        all.push_back(view(effect, c.masked()));
    co_return json_reply({{"effects", std::move(all)}});
}

task<http::reply> post_cancel(call& c)
{
    auto wait = wait_of(c.in);
    if (!wait)
        co_return problem(wait.error());
    const run_id id(c.named("id"));
    auto asked = co_await c.at.with.machine.cancel(id);
    if (!asked)
        co_return problem(asked.error());
    auto run = co_await c.at.with.machine.wait(id, c.at.with.time.now() + *wait);
    if (!run)
        co_return problem(run.error());
    co_return json_reply(view(*run, c.masked()), ledger::is_final(run->state) ? 200 : 202);
}

} // namespace ulak::control
