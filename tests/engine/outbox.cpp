// Notices: signed, retried, given up, and never in each other's way.
#include "engine/world.hpp"

#include "async/waiter.hpp"
#include "core/json_text.hpp"
#include "http/auth.hpp"

#include <boost/system/system_error.hpp>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <utility>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(outbox_)

using ledger::run_state;

namespace {

struct hook : http::client {
    using client::send;
    task<> send(const http::request& r, const http::send_options&, std::optional<http::exchange>& out) override
    {
        out = co_await answer_to(r);
    }
    task<http::exchange> answer_to(const http::request& r)
    {
        asked.push_back(r);
        if (std::exchange(throws, false))
            throw boost::system::system_error(EMFILE, boost::system::system_category(), "timerfd_create");
        if (broken) { // the status came, its body cannot be used
            http::exchange_trace seen;
            seen.status = broken->http_status;
            co_return http::exchange(*broken, seen);
        }
        const int status = answers.empty() ? 200 : answers.front();
        if (!answers.empty())
            answers.erase(answers.begin());
        if (status == 0)
            co_return http::exchange(error(errc::connect_failed, "nobody listens"));
        if (status < 0 && time) // a webhook that takes its time
            co_await time->sleep_for(std::chrono::seconds(-status));
        const bool left = co_await async::cancellation_requested();
        if (left)
            co_return http::exchange(error(errc::cancelled, "the caller went"));
        http::response answer;
        answer.status = status < 0 ? 200 : status;
        http::exchange_trace how;
        co_return http::exchange(std::move(answer), how);
    }
    std::vector<http::request> asked{};
    std::vector<int> answers{};
    std::optional<error> broken{};
    bool throws = false; ///< once
    async::clock* time = nullptr;
};

std::string header(const http::request& r, std::string_view name)
{
    const auto found = std::ranges::find(r.headers, name, [](const auto& h) { return h.first; });
    return found == r.headers.end() ? std::string() : found->second;
}

struct sms_log : providers::sms_sender {
    std::size_t max_recipients() const override { return 2; }
    std::size_t max_segments() const override { return 0; }
    bool takes_encoding() const override { return false; }
    bool takes_validity() const override { return false; }
    task<providers::outcome<providers::sms_receipt>> send(providers::sms_order order,
                                                          providers::purchase_gate how) override
    {
        before_gate();
        auto open = co_await how.gate();
        const auto what = verdicts.empty() ? providers::classification::accepted : verdicts.front();
        if (!verdicts.empty())
            verdicts.erase(verdicts.begin());
        if (!open || what == providers::classification::not_sent) {
            providers::outcome<providers::sms_receipt> none(providers::classification::not_sent);
            none.failure = open ? error(errc::connect_failed, "no way") : open.error();
            co_return none;
        }
        sent.push_back(std::move(order));
        providers::outcome<providers::sms_receipt> o(what);
        if (what == providers::classification::accepted)
            o.value = providers::sms_receipt{"Q" + std::to_string(sent.size())};
        else
            o.failure = error(errc::ambiguous, "no answer", reach::maybe_sent);
        co_return o;
    }
    task<result<providers::sms_report>> report(std::string, async::steady_point) override
    {
        co_return error(errc::unsupported, "no reports");
    }
    std::vector<providers::sms_order> sent{};
    std::vector<providers::classification> verdicts{};
    std::function<void()> before_gate = [] {};
};

struct office : world {
    office()
    {
        write("job", "notify: [{when: [done, failed], to: ops}]\n");
        ops->time = slow->time = &time;
        channels = [this] {
            engine::channels all;
            engine::webhook w{"/ulak", ops, secret("k3y")};
            all.emplace("ops", engine::channel{"ops", std::move(w)});
            engine::webhook unsigned_one{"/other", slow, secret()};
            all.emplace("slow", engine::channel{"slow", std::move(unsigned_one)});
            all.emplace("page", engine::channel{"page", engine::program{pager}});
            engine::sms_channel s{"ilet", "MARKA", {}};
            for (const auto* n : {"5551112233", "5551112234", "5551112235"})
                s.recipients.push_back(phone::parse(n).value());
            all.emplace("phone", engine::channel{"phone", std::move(s)});
            return all;
        };
        auto a = std::make_shared<providers::account>();
        a->name = "ilet";
        a->provider = "iletimerkezi";
        a->unit = "credits";
        a->purchase_permits = std::make_unique<async::semaphore>(io.get_executor(), 1);
        auto s = std::make_unique<sms_log>();
        sms = s.get();
        a->sms = std::move(s);
        (*accounts)["ilet"] = a;
    }
    void opt_out(const char* number)
    {
        ledger::suppress s;
        s.entry.phone = number;
        BOOST_TEST(get(disk->commit(ledger::batch(1, std::move(s)))).has_value());
    }
    std::vector<ledger::notice_record> waiting() { return get(disk->notices_due(wall() + 24h * 365, 100)).value(); }

    std::shared_ptr<hook> ops = std::make_shared<hook>(), slow = std::make_shared<hook>();
    std::vector<std::string> pager{"/usr/bin/tee", (folder / "page").string()};
    sms_log* sms = nullptr;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_webhook_gets_the_signed_body_within_a_second, office)
{
    boot();
    const auto id = begin("job");
    pass(1s);
    BOOST_TEST_REQUIRE(ops->asked.size() == 1u);
    const auto& r = ops->asked[0];
    BOOST_TEST(r.target == "/ulak");
    BOOST_TEST((r.verb == http::method::post));
    BOOST_TEST(header(r, "Content-Type") == "application/json");
    BOOST_TEST(header(r, "X-Ulak-Event") == "done");
    BOOST_TEST(header(r, "X-Ulak-Signature") == "sha256=" + http::hmac_sha256_hex("k3y", r.body));
    const auto body = parse_json(r.body).value().as_object();
    BOOST_TEST(body.at("event").as_string() == "done");
    BOOST_TEST(body.at("run").as_string() == id.text());
    for (const auto* key : {"id", "time", "job", "kind", "text", "data"})
        BOOST_TEST(body.contains(key), key);
    BOOST_TEST(published.count("notify.sent") == 1u);
    BOOST_TEST(waiting().empty());
    pass(1h);
    BOOST_TEST(ops->asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_signature_is_the_one_that_others_compute)
{
    // RFC 4231 test case 2.
    BOOST_TEST(http::hmac_sha256_hex("Jefe", "what do ya want for nothing?") ==
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

BOOST_FIXTURE_TEST_CASE(retries_grow_and_keep_the_id, office)
{
    ops->answers = {500, 0, 302, 429};
    boot();
    begin("job");
    pass(1s);
    std::vector<std::size_t> counts;
    for (int i = 0; i < 5; ++i) {
        counts.push_back(ops->asked.size());
        pass(std::chrono::seconds(i == 0 ? 1 : 1 << (i - 1)) + 2s);
    }
    BOOST_TEST_REQUIRE(ops->asked.size() == 5u);
    for (const auto& r : ops->asked)
        BOOST_TEST(r.body == ops->asked[0].body);
    BOOST_TEST(published.count("notify.failed") == 4u);
    BOOST_TEST(published.count("notify.sent") == 1u);
    BOOST_TEST(published.last("notify.sent")->data.at("attempts").as_int64() == 5);
    BOOST_TEST(waiting().empty());
}

BOOST_FIXTURE_TEST_CASE(a_status_of_success_is_success_whatever_its_body, office)
{
    for (const errc what : {errc::too_large, errc::malformed, errc::connection_lost, errc::timed_out})
        for (const int status : {200, 204, 299}) {
            ops->broken.emplace(what, "no body to use", reach::maybe_sent);
            ops->broken->http_status = status;
            if (lives.empty())
                boot();
            begin("job");
            pass(1s);
            BOOST_TEST(waiting().empty(), name(what));
        }
    pass(1h);
    BOOST_TEST(ops->asked.size() == 12u);
    BOOST_TEST(published.count("notify.failed") == 0u);
    ops->broken->http_status = 500;
    begin("job");
    pass(1s);
    BOOST_TEST(waiting().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_the_machine_refuses_is_tried_again_and_holds_no_channel, office)
{
    ops->throws = true;
    boot();
    begin("job");
    pass(10s);
    BOOST_TEST(published.count("notify.failed") == 1u);
    BOOST_TEST(published.last("notify.failed")->message.find("timerfd_create") != std::string::npos);
    BOOST_TEST(ops->asked.size() == 2u);
    BOOST_TEST(waiting().empty());
    begin("job");
    pass(1s);
    BOOST_TEST(ops->asked.size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(after_a_day_it_is_given_up, office)
{
    ops->answers = std::vector<int>(1000, 503);
    boot();
    begin("job");
    pass(23h);
    BOOST_TEST(waiting().size() == 1u);
    const auto tried = ops->asked.size();
    BOOST_TEST(tried > 100u);
    BOOST_TEST(tried < 200u);
    pass(2h);
    BOOST_TEST(waiting().empty());
    BOOST_TEST(published.last("notify.failed")->data.at("given_up").as_bool());
    const auto last = ops->asked.size();
    pass(24h);
    BOOST_TEST(ops->asked.size() == last);
}

BOOST_FIXTURE_TEST_CASE(retries_go_on_after_a_crash, office)
{
    ops->answers = {500, 500};
    boot();
    begin("job");
    pass(1s);
    crash();
    pass(10min);
    boot();
    pass(5s);
    BOOST_TEST(waiting().empty());
    BOOST_TEST(published.count("notify.sent") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_slow_channel_does_not_hold_up_another, office)
{
    write("lame", "notify: [{when: [done], to: slow}]\n");
    slow->answers = {-10};
    boot();
    begin("lame");
    begin("job");
    pass(1s);
    BOOST_TEST(slow->asked.size() == 1u);
    BOOST_TEST(ops->asked.size() == 1u);
    BOOST_TEST(header(slow->asked[0], "X-Ulak-Signature") == "");
    BOOST_TEST(waiting().size() == 1u);
    pass(11s);
    BOOST_TEST(waiting().empty());
}

BOOST_FIXTURE_TEST_CASE(a_notice_of_a_kind_is_seen_while_its_run_goes_on, office)
{
    write("job", "notify: [{when: [attention], to: ops}]\n");
    boot();
    *run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        co_await c.clock().sleep_for(10s);
        auto all = c.notices("attention", "look here");
        auto done = co_await c.recorder().commit(std::move(all));
        BOOST_TEST(done.has_value());
        co_return co_await linger(c);
    };
    begin("job");
    pass(9s);
    BOOST_TEST(ops->asked.empty());
    pass(2s);
    BOOST_TEST(ops->asked.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_channel_that_is_gone_gives_its_notices_up, office)
{
    ops->answers = std::vector<int>(1000, 503);
    boot();
    begin("job");
    pass(1s);
    stop();
    channels = [] { return engine::channels(); };
    remove("job");
    boot();
    pass(10s);
    BOOST_TEST(waiting().empty());
    BOOST_TEST(published.last("notify.failed")->data.at("given_up").as_bool());
}

BOOST_FIXTURE_TEST_CASE(a_program_gets_the_body_and_its_arguments_filled_in, office)
{
    write("job", "notify: [{when: [done], to: page}]\n");
    pager = {"/usr/bin/tee", (folder / "page-${job}-${event}").string()};
    boot();
    begin("job");
    pass(1s);
    for (int i = 0; i < 1000 && !waiting().empty(); ++i)
        io.run_one_for(10ms);
    BOOST_TEST(published.count("notify.sent") == 1u);
    std::ifstream in(folder / "page-job-done");
    std::stringstream all;
    all << in.rdbuf();
    const auto body = parse_json(all.str()).value().as_object();
    BOOST_TEST(body.at("job").as_string() == "job");
}

BOOST_FIXTURE_TEST_CASE(no_value_becomes_an_option_of_the_program, office)
{
    write("job", "notify: [{when: [attention], to: page}]\n");
    pager = {"/bin/sh",
             "-c",
             "printf '[%s]' \"$@\" > \"$0\"",
             (folder / "args").string(),
             "${text}",
             "-${text}",
             "--x=${text}",
             "a${text}",
             "${none}"};
    boot();
    *run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        auto all = c.notices("attention", std::string("--evil\0hidden", 13));
        auto done = co_await c.recorder().commit(std::move(all));
        BOOST_TEST(done.has_value());
        co_return co_await succeed(c);
    };
    begin("job");
    pass(1s);
    for (int i = 0; i < 1000 && !waiting().empty(); ++i)
        io.run_one_for(10ms);
    BOOST_TEST(published.count("notify.sent") == 1u);
    std::ifstream in(folder / "args");
    std::stringstream all;
    all << in.rdbuf();
    BOOST_TEST(all.str() == "[ --evil][---evil][--x=--evil][a--evil][]");
}

BOOST_FIXTURE_TEST_CASE(a_stop_ends_at_its_deadline_whatever_notices_are_under_way, office)
{
    write("job", "notify: [{when: [done], to: ops}]\n");
    write("other", "notify: [{when: [done], to: page}]\n");
    ops->answers = {-1000}; // a webhook that never answers
    pager = {"/bin/sh", "-c", "trap '' TERM HUP INT; while :; do sleep 1; done"};
    boot();
    begin("job");
    begin("other");
    pass(2s);
    bool done = false;
    asio::co_spawn(io, keep(engine().stop(time.now() + 5s), done), [](std::exception_ptr) {});
    pass(4s);
    BOOST_TEST(!done);
    pass(1s);
    for (int i = 0; i < 200 && !done; ++i) { // the program needs a moment to die
        io.run_one_for(10ms);
        time.run_until_idle();
    }
    BOOST_TEST(done);
    BOOST_TEST(engine().idle());
    BOOST_TEST(waiting().size() == 2u); // for the next start
}

BOOST_FIXTURE_TEST_CASE(an_sms_goes_out_once_through_effects_in_orders_of_the_providers_size, office)
{
    write("job", "notify: [{when: [done], to: phone}]\n");
    sms->verdicts = {providers::classification::accepted, providers::classification::not_sent};
    boot();
    const auto id = begin("job");
    pass(20s);
    BOOST_TEST_REQUIRE(sms->sent.size() == 2u); // two numbers, then the third: its first try was not sent
    BOOST_TEST(sms->sent[0].numbers.size() == 2u);
    BOOST_TEST(sms->sent[1].numbers.size() == 1u);
    BOOST_TEST(sms->sent[0].sender == "MARKA");
    BOOST_TEST(!sms->sent[0].commercial);
    BOOST_TEST(waiting().empty());
    ledger::effect_query q;
    q.run = id.text();
    const auto effects = get(disk->effects(std::move(q))).value();
    BOOST_TEST(effects.size() == 3u);
    BOOST_TEST(effects[0].step.starts_with("notice/"));
    BOOST_TEST(published.count("notify.sent") == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_sms_of_which_nobody_knows_is_not_sent_again, office)
{
    write("job", "notify: [{when: [done], to: phone}]\n");
    sms->verdicts = {providers::classification::ambiguous};
    boot();
    begin("job");
    pass(1h);
    BOOST_TEST(sms->sent.size() == 1u);
    BOOST_TEST(waiting().empty());
    BOOST_TEST(published.last("notify.failed")->data.at("given_up").as_bool());
    BOOST_TEST(get(disk->attention(true)).value().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_sms_notice_leaves_out_who_is_on_the_opt_out_list, office)
{
    write("job", "notify: [{when: [done], to: phone}]\n");
    boot();
    opt_out("5551112234");
    begin("job");
    pass(20s);
    BOOST_TEST_REQUIRE(sms->sent.size() == 2u);
    for (const auto& order : sms->sent) {
        BOOST_TEST_REQUIRE(order.numbers.size() == 1u);
        BOOST_TEST(order.numbers[0].digits() != "5551112234");
    }
    BOOST_TEST(waiting().empty());
    BOOST_TEST(published.last("notify.sent")->message ==
               "notice sent to phone, without 1 of its 3 numbers, which are on the opt-out list (ulakctl suppress)");
}

BOOST_FIXTURE_TEST_CASE(who_opts_out_while_an_sms_notice_waits_for_its_turn_is_left_out, office)
{
    write("job", "notify: [{when: [done], to: phone}]\n");
    boot();
    sms->before_gate = [this, first = true]() mutable {
        if (std::exchange(first, false))
            opt_out("5551112233");
    };
    begin("job");
    pass(20s);
    BOOST_TEST_REQUIRE(sms->sent.size() == 2u);
    BOOST_TEST_REQUIRE(sms->sent[0].numbers.size() == 1u);
    BOOST_TEST(sms->sent[0].numbers[0].digits() == "5551112234");
    BOOST_TEST(sms->sent[1].numbers[0].digits() == "5551112235");
    BOOST_TEST(waiting().empty());
}

BOOST_FIXTURE_TEST_CASE(an_sms_notice_to_nobody_is_given_up_with_the_reason, office)
{
    write("job", "notify: [{when: [done], to: phone}]\n");
    boot();
    for (const auto* number : {"5551112233", "5551112234", "5551112235"})
        opt_out(number);
    begin("job");
    pass(20s);
    BOOST_TEST(sms->sent.empty());
    BOOST_TEST(waiting().empty());
    const auto failed = published.last("notify.failed");
    BOOST_TEST(failed->data.at("given_up").as_bool());
    BOOST_TEST(failed->message.find("every number of the channel is on the opt-out list") != std::string::npos,
               failed->message);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
