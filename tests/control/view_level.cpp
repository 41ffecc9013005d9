#include "control/canaries.hpp"
#include "control/control_world.hpp"
#include "control/detail/routes.hpp"

#include <boost/json/serialize.hpp>

#include <map>
#include <set>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(view_level_)

namespace {

using ledger::effect_state;

/// A daemon whose every place for a text, a name, a number or a code holds one of people.
struct people_world : control_world {
    people_world()
    {
        plant_jobs();
        plant_account();
        plant_run();
        plant_effects();
        plant_events();
        plant_lists();
        boot();
        open();
    }

    void plant_jobs()
    {
        write("letters", "description: \"" + hidden.text() + "\"\nparams:\n  to: {type: phone, default: \"" +
                             hidden.number() + "\"}\n  greeting: {type: string, default: \"" + hidden.text() +
                             "\"}\n  link: {type: url, default: \"https://example.com/" + hidden.number() + "\"}\n");
        write("call-" + hidden.number(), "schedule: {every: 1h}\n");
        write("broken", "recipients: {list: [\"" + hidden.text() + "\"]}\n" + hidden.word() + ": 1\n");
    }
    void plant_account()
    {
        auto a = std::make_shared<providers::account>();
        a->name = "acc";
        a->provider = "toplusms";
        const std::string answer = hidden.text();
        for (int n = 0; n < providers::account_health::failure_threshold; ++n)
            a->health->record(providers::call_result::failure, answer, time.now(), wall(), 0.5);
        (*accounts)["acc"] = a;
        ledger::record_balance read;
        read.balance.account = "acc";
        read.balance.balance = money(decimal::from_integer(92), "TRY");
        read.balance.at = wall();
        commit({read});
    }
    void plant_run()
    {
        ledger::create_run c;
        c.run.id = run_id("R1");
        c.run.job = "letters";
        c.run.kind = "otp.acquire";
        c.run.trigger = "manual";
        c.run.state = ledger::run_state::attention;
        c.run.started_at = c.run.finished_at = wall();
        c.run.definition = hidden_from_all.text();
        c.run.progress = json::serialize(json::object{{"link", hidden_from_all.text()}});
        c.run.params = json::serialize(json::object{{"to", hidden.spelled()}, {"greeting", hidden.text()}});
        c.run.counts = R"({"total":2,"delivered":1})";
        json::object result{{"code", hidden.word()},  {"number", hidden.number()}, {"number_id", hidden.text()},
                            {"order", hidden.text()}, {"status", hidden.text()},   {"currency", hidden.text()}};
        result["queues"] = json::array{json::object{{"id", hidden.text()}, {"recipients", 2}}};
        result["accounts"] = json::array{json::object{{"account", "acc"}, {"unit", hidden.word()}}};
        c.run.result = json::serialize(result);
        c.run.error_code = "contract";
        c.run.error_message = hidden.text();
        ledger::add_items list;
        list.run = run_id("R1");
        for (const std::string& phone : {hidden.number(), hidden.text()}) {
            list.items.emplace_back();
            list.items.back().position = std::ssize(list.items) - 1;
            list.items.back().phone = phone;
            list.items.back().text = hidden.text();
            list.items.back().reason = hidden.text();
            list.items.back().queue = hidden.text();
        }
        commit({c, list});
    }
    void plant_effects()
    {
        ledger::intend i;
        i.effect.id = effect_id("E1");
        i.effect.run = run_id("R1");
        i.effect.step = "number/1";
        i.effect.job = "letters";
        i.effect.account = "acc";
        i.effect.operation = "number.order";
        i.effect.expected = money(decimal::from_integer(8), "TRY");
        i.effect.intended_at = wall();
        ledger::move_effect sent(effect_id("E1"), effect_state::dispatched);
        ledger::move_effect answered(effect_id("E1"), effect_state::accepted);
        answered.provider_ref = hidden.text();
        answered.evidence = R"({"status":"ok","body":")" + hidden.text() + R"("})";
        sent.at = answered.at = wall();
        ledger::raise_attention open;
        open.entry.id = "A1";
        open.entry.run = run_id("R1");
        open.entry.job = "letters";
        open.entry.account = "acc";
        open.entry.kind = "stalled";
        open.entry.amount = i.effect.expected;
        open.entry.at = wall();
        open.entry.evidence = "the provider says: " + hidden.text();
        commit({i, sent, answered, open});
    }
    void plant_events()
    {
        commit({ledger::append_event{people_event("order.status")}});
        events::event missed("schedule.missed", events::level::notice, hidden.text());
        missed.job = "letters";
        missed.data["due"] = "2026-03-02T05:00:00Z";
        missed.data["reason"] = "not for " + hidden.spelled();
        commit({ledger::append_event{missed}});
    }
    void plant_lists()
    {
        ledger::suppress add;
        add.entry.phone = hidden.number();
        add.entry.reason = hidden.text();
        add.entry.at = wall();
        commit({add});
    }
    events::event people_event(const char* name)
    {
        events::event e(name, events::level::info, hidden.text());
        e.job = "letters";
        e.run = "R1";
        e.item = hidden.text();
        e.data["number"] = hidden.number();
        e.data["status"] = hidden.text();
        e.data["order"] = hidden.text();
        e.data["error"] = json::object{{"code", "contract"}, {"message", hidden.text()}};
        e.data["data"] = json::object{{"name", hidden.text()}};
        e.data["changed"] = json::array{hidden.text()};
        e.data["step"] = "for " + hidden.spelled();
        return e;
    }

    /// Everything that leaves: status, headers and body, or what a stream wrote until its end.
    std::string whole(const http::reply& reply)
    {
        std::string all = std::to_string(reply.status) + " " + reply.content_type + "\n";
        for (const auto& [name, value] : reply.headers)
            all += name + ": " + value + "\n";
        if (!reply.stream)
            return all + reply.body;
        collecting_writer out;
        bool ended = false;
        asio::co_spawn(io, keep(reply.stream(out), ended), [](std::exception_ptr e) { BOOST_TEST(!e); });
        time.run_until_idle();
        if (!ended) { // it follows: something happens, then the daemon ends
            auto live = people_event("send.report");
            live.seq = 1'000'000;
            bus->publish(live);
            time.run_until_idle();
            bus->close();
            time.run_until_idle();
            BOOST_TEST(out.text().find("send.report") != std::string::npos);
        }
        BOOST_TEST(ended);
        return all + out.text();
    }

    canaries hidden{};
    canaries hidden_from_all{}; ///< shown to nobody
};

/// What a visitor asks of one route: paths and queries, with numbers wherever an answer could repeat them.
struct visit {
    std::string path{};
    http::header_list query{};
};

using visits = std::map<std::string, std::vector<visit>, std::less<>>;

/// Every pattern of the route table.
visits all_visits(const std::string& number)
{
    const auto wrong = [&number](const std::string& path, const char* key) { return visit{path, {{key, number}}}; };
    return {
        {"/v1/", {{"/v1/"}, {"/v1"}}},
        {"/v1/status", {{"/v1/status"}}},
        {"/v1/health", {{"/v1/health"}}},
        {"/v1/adopt", {{"/v1/adopt"}}},
        {"/v1/clock/confirm", {{"/v1/clock/confirm"}}},
        {"/v1/jobs", {{"/v1/jobs"}, {"/v1/jobs", {{"limit", "1"}}}, wrong("/v1/jobs", "after")}},
        {"/v1/jobs/{job}", {{"/v1/jobs/letters"}, {"/v1/jobs/broken"}, {"/v1/jobs/" + number}}},
        {"/v1/jobs/{job}/runs", {{"/v1/jobs/letters/runs"}, {"/v1/jobs/" + number + "/runs"}}},
        {"/v1/jobs/{job}/plan", {{"/v1/jobs/letters/plan"}}},
        {"/v1/jobs/{job}/next",
         {{"/v1/jobs/letters/next"},
          {"/v1/jobs/" + number + "/next"},
          wrong("/v1/jobs/letters/next", "n"),
          wrong("/v1/jobs/letters/next", "from")}},
        {"/v1/jobs/{job}/pause", {{"/v1/jobs/letters/pause"}}},
        {"/v1/jobs/{job}/resume", {{"/v1/jobs/letters/resume"}}},
        {"/v1/next", {{"/v1/next"}, {"/v1/next", {{"n", "500"}}}}},
        {"/v1/otp", {{"/v1/otp"}}},
        {"/v1/runs",
         {{"/v1/runs"},
          wrong("/v1/runs", "job"),
          wrong("/v1/runs", "state"),
          wrong("/v1/runs", "limit"),
          wrong("/v1/runs", "before")}},
        {"/v1/runs/{id}", {{"/v1/runs/R1"}, {"/v1/runs/" + number}, wrong("/v1/runs/R1", "wait")}},
        {"/v1/runs/{id}/items",
         {{"/v1/runs/R1/items"},
          {"/v1/runs/" + number + "/items"},
          wrong("/v1/runs/R1/items", "state"),
          wrong("/v1/runs/R1/items", "after")}},
        {"/v1/runs/{id}/effects", {{"/v1/runs/R1/effects"}, {"/v1/runs/" + number + "/effects"}}},
        {"/v1/runs/{id}/cancel", {{"/v1/runs/R1/cancel"}}},
        {"/v1/runs/{id}/pause", {{"/v1/runs/R1/pause"}}},
        {"/v1/runs/{id}/resume", {{"/v1/runs/R1/resume"}}},
        {"/v1/attention", {{"/v1/attention"}, {"/v1/attention", {{"all", "1"}}}, wrong("/v1/attention", "after")}},
        {"/v1/attention/{id}/resolve", {{"/v1/attention/A1/resolve"}}},
        {"/v1/accounts", {{"/v1/accounts"}}},
        {"/v1/accounts/{a}/balance", {{"/v1/accounts/acc/balance"}, {"/v1/accounts/" + number + "/balance"}}},
        {"/v1/accounts/{a}/adopt", {{"/v1/accounts/acc/adopt"}}},
        {"/v1/accounts/{a}/services", {{"/v1/accounts/acc/services"}}},
        {"/v1/suppressions",
         {{"/v1/suppressions"},
          {"/v1/suppressions", {{"limit", "1"}}},
          wrong("/v1/suppressions", "after"),
          wrong("/v1/suppressions", "phone")}},
        {"/v1/suppressions/{phone}", {{"/v1/suppressions/" + number}}},
        {"/v1/spend", {{"/v1/spend"}, {"/v1/spend", {{"by", "day"}}}, wrong("/v1/spend", "by")}},
        {"/v1/events", {{"/v1/events"}, {"/v1/events", {{"follow", "1"}}}, wrong("/v1/events", "after")}},
        {"/v1/schema/job", {{"/v1/schema/job"}}},
        {"/v1/schema/config", {{"/v1/schema/config"}}},
        {"/v1/channels/{channel}/test", {{"/v1/channels/" + number + "/test"}}},
        {"/v1/backup", {{"/v1/backup"}}},
        {"/v1/verify", {{"/v1/verify"}}},
        {"/v1/openapi.json", {{"/v1/openapi.json"}}},
        {"/v1/reload", {{"/v1/reload"}}},
        {"/metrics", {{"/metrics"}}},
    };
}

/// One request by somebody who may only look.
void look(people_world& w, const std::string& verb, const visit& v)
{
    std::string query;
    for (const auto& [key, value] : v.query)
        query += " " + key + "=" + value;
    BOOST_TEST_CONTEXT(w.listener << ' ' << verb << ' ' << v.path << query)
    {
        const std::string answer = w.whole(w.ask(verb, v.path, v.query));
        for (const std::string& canary : w.hidden.found_in(answer))
            BOOST_ERROR(canary << " is shown in " << answer);
        BOOST_TEST(w.hidden_from_all.found_in(answer).empty());
    }
}

/// The keys of a JSON text with their depth, and of arrays those of all elements: {"a":[{"b":1}]} gives a, a.b
void collect_keys(const json::value& v, const std::string& at, std::set<std::string>& keys)
{
    if (const json::array* all = v.if_array())
        for (const json::value& one : *all)
            collect_keys(one, at, keys);
    if (const json::object* o = v.if_object())
        for (const auto& member : *o) {
            keys.insert(at + std::string(member.key()));
            collect_keys(member.value(), at + std::string(member.key()) + ".", keys);
        }
}

} // namespace

BOOST_AUTO_TEST_CASE(every_route_is_visited)
{
    const visits all = all_visits("0555 900 07 99");
    std::set<std::string_view> patterns;
    for (const control::route& r : control::routes()) {
        patterns.insert(r.pattern);
        BOOST_TEST(all.contains(r.pattern), r.pattern << " needs its row in all_visits");
    }
    for (const auto& [pattern, paths] : all)
        BOOST_TEST(patterns.contains(pattern), pattern);
}

BOOST_AUTO_TEST_CASE(nobody_who_may_only_look_sees_people)
{
    for (const char* listener : {control::view_listener, control::metrics_listener})
        for (const auto& [pattern, paths] : all_visits(canaries().spelled()))
            for (std::size_t n = 0; n < paths.size(); ++n)
                for (const char* verb : {"GET", "HEAD", "POST", "DELETE", "PUT"}) {
                    people_world w; // a stream's end is the end of its world
                    w.listener = listener;
                    look(w, verb, all_visits(w.hidden.spelled()).find(pattern)->second[n]);
                }
}

BOOST_AUTO_TEST_CASE(refusals_do_not_repeat_numbers)
{
    people_world w;
    w.listener = control::view_listener;
    for (int n = 0; n < 8; ++n) { // one of each spelling
        look(w, "GET", {"/v1/" + w.hidden.spelled()});
        look(w, "GET", {"/" + w.hidden.spelled() + "/x"});
        look(w, "GET", {"/v1/jobs/" + w.hidden.spelled()});
        look(w, "GET", {"/v1/runs/" + w.hidden.spelled() + "/items"});
        look(w, "GET", {"/v1/runs", {{"state", w.hidden.spelled()}}});
    }
    auto r = w.request("GET", "/v1/status");
    r.headers = {{"Host", w.hidden.spelled()}};
    BOOST_TEST(w.hidden.found_in(w.whole(w.get(w.dispatch->answer(r)))).empty());
}

/// Else the walk would find nothing whatever is shown.
BOOST_AUTO_TEST_CASE(those_who_may_operate_see_all_that_was_planted)
{
    std::set<std::string> seen;
    people_world names; // every world plants the same
    for (const auto& [pattern, paths] : all_visits("none"))
        for (const visit& v : paths) {
            people_world w;
            const auto found = w.hidden.found_in(w.whole(w.read(v.path, v.query)));
            seen.insert(found.begin(), found.end());
        }
    for (const std::string& canary : names.hidden.all())
        BOOST_TEST(seen.contains(canary), canary);
}

BOOST_AUTO_TEST_CASE(answers_keep_their_keys)
{
    for (const char* path : {"/v1/status", "/v1/health", "/v1/jobs", "/v1/jobs/letters", "/v1/next", "/v1/runs",
                             "/v1/runs/R1", "/v1/runs/R1/items", "/v1/runs/R1/effects", "/v1/attention", "/v1/accounts",
                             "/v1/suppressions", "/v1/spend", "/v1/"})
        BOOST_TEST_CONTEXT(path)
        {
            people_world w;
            std::set<std::string> operators, onlookers;
            collect_keys(object_in(w.read(path)), "", operators);
            w.listener = control::view_listener;
            collect_keys(object_in(w.read(path)), "", onlookers);
            BOOST_TEST(onlookers == operators, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(what_is_not_of_people_is_shown)
{
    people_world w;
    w.listener = control::view_listener;
    const auto run = object_in(w.read("/v1/runs/R1"));
    BOOST_TEST(text_at(run, "state") == "attention");
    BOOST_TEST(text_at(run, "job") == "letters");
    BOOST_TEST(text_at(run.at("error").as_object(), "code") == "contract");
    BOOST_TEST(text_at(run.at("error").as_object(), "message") == "***");
    BOOST_TEST(run.at("counts").at("total").to_number<int>() == 2);
    BOOST_TEST(text_at(run.at("spent").as_object(), "amount") == "8.00");
    BOOST_TEST(text_at(run.at("params").as_object(), "greeting") == "***");
    const auto entry = object_in(w.read("/v1/attention")).at("attention").as_array()[0].as_object();
    BOOST_TEST(text_at(entry, "kind") == "stalled");
    BOOST_TEST(text_at(entry.at("amount").as_object(), "unit") == "TRY");
    const auto account = object_in(w.read("/v1/accounts")).at("accounts").as_array()[0].as_object();
    BOOST_TEST(text_at(account, "state") == "failing");
    BOOST_TEST(text_at(account, "balance") == "92.00");
    const auto broken = object_in(w.read("/v1/jobs/broken")).at("problems").as_array()[0].as_object();
    BOOST_TEST(broken.at("line").to_number<int>() > 0);
    BOOST_TEST(text_at(broken, "code").starts_with("U"));
    BOOST_TEST(w.whole(w.read("/v1/events")).find("\"event\":\"order.status\"") != std::string::npos);
    BOOST_TEST(text_at(object_in(w.read("/v1/schema/job")), "title") == "job");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
