#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(runs_)

using ledger::run_state;

BOOST_AUTO_TEST_CASE(a_run_is_stored_before_it_begins_and_ends_with_its_events)
{
    world w;
    w.write("hello", "params:\n  name: {type: string, required: true}\n  times: {type: integer, default: 3}\n");
    w.boot();
    std::string seen;
    *w.run_script = [&](kinds::run_context& c) -> task<kinds::ending> {
        auto stored = co_await c.store().run(c.run().id);
        seen = std::string(name(stored->state)) + " " + c.params().at("name") + " " + c.params().at("times");
        co_return kinds::ending(run_state::succeeded);
    };
    const auto id = w.begin("hello", {{"name", "Ada"}});
    const auto run = w.run(id);
    BOOST_TEST(seen == "running Ada 3");
    BOOST_TEST((run.state == run_state::succeeded));
    BOOST_TEST(run.kind == "test.fake");
    BOOST_TEST(run.trigger == "manual");
    BOOST_TEST(run.params == R"({"name":"Ada","times":3})");
    BOOST_TEST(run.started_at.has_value());
    BOOST_TEST(run.finished_at.has_value());
    BOOST_TEST(w.published.count("run.started") == 1u);
    BOOST_TEST(w.published.count("run.finished") == 1u);
    BOOST_TEST(w.published.last("run.finished")->run == id.text());
    BOOST_TEST(w.engine().job("hello")->last_run.value() == id.text());
}

struct refusal {
    const char* job;
    errc code;
};

BOOST_AUTO_TEST_CASE(what_cannot_start_says_why_and_leaves_nothing)
{
    world w;
    w.write("good", "params:\n  name: {type: string, required: true}\n");
    w.write("off", "enabled: false\n");
    w.write("resting");
    w.write("broken", "nonsense: 1\n");
    w.boot();
    BOOST_TEST(w.get(w.engine().pause("resting")).has_value());
    const refusal table[] = {{"nobody", errc::not_found},
                             {"good", errc::invalid_argument},
                             {"off", errc::paused},
                             {"resting", errc::paused},
                             {"broken", errc::conflict}};
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.job)
        {
            const auto s = w.try_begin(row.job);
            BOOST_TEST_REQUIRE(!s.has_value());
            BOOST_TEST(name(s.error().code) == name(row.code));
        }
    BOOST_TEST(w.runs().empty());
}

BOOST_AUTO_TEST_CASE(a_full_disk_starts_nothing_and_takes_no_slot)
{
    world w;
    w.write("hello");
    w.boot();
    w.now().store.refuses = true;
    BOOST_TEST(name(w.try_begin("hello").error().code) == "unavailable");
    w.now().store.refuses = false;
    w.begin("hello");
    BOOST_TEST(w.runs().size() == 1u);
}

BOOST_AUTO_TEST_CASE(concurrency_is_a_limit_of_each_job)
{
    world w;
    w.write("one");
    w.write("two", "concurrency: 2\n");
    w.boot();
    *w.run_script = linger;
    w.begin("one");
    w.begin("two");
    w.begin("two");
    BOOST_TEST(name(w.try_begin("one").error().code) == "conflict");
    BOOST_TEST(name(w.try_begin("two").error().code) == "conflict");
    BOOST_TEST(w.engine().running() == 3u);
    BOOST_TEST(w.engine().job("two")->running == 2u);
}

BOOST_AUTO_TEST_CASE(a_key_with_other_parameters_is_a_slip)
{
    world w;
    w.write("job", "concurrency: 2\nparams:\n  n: {type: integer, default: 3}\n");
    w.boot();
    *w.run_script = linger;
    const auto id = w.begin("job", {}, "k");
    BOOST_TEST(w.try_begin("job", {{"n", 3}}, "k")->id == id); // the default, in words
    const auto other = w.try_begin("job", {{"n", 4}}, "k");
    BOOST_TEST_REQUIRE(!other.has_value());
    BOOST_TEST(name(other.error().code) == name(errc::conflict));
    BOOST_TEST(w.runs("job").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_job_without_a_file_runs_and_goes_on_after_a_crash)
{
    world w;
    w.boot();
    *w.run_script = linger;
    engine::start_request r;
    r.job = "by-hand";
    r.definition = R"({"version":1,"kind":"test.fake","concurrency":2})";
    auto asked = r;
    const auto run = w.get(w.engine().start_run(std::move(asked)));
    BOOST_TEST_REQUIRE(run.has_value());
    w.crash();
    w.boot();
    BOOST_TEST(w.engine().running() == 1u);
    BOOST_TEST(!w.engine().job("by-hand").has_value());
    r.definition = R"({"version":1,"kind":"test.fake","concurency":2})";
    const auto wrong = w.get(w.engine().start_run(std::move(r)));
    BOOST_TEST_REQUIRE(!wrong.has_value());
    BOOST_TEST(name(wrong.error().code) == name(errc::invalid_argument));
    BOOST_TEST(wrong.error().message.find("concurency") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(whether_a_key_was_used_can_be_asked_without_a_definition)
{
    world w;
    w.boot();
    *w.run_script = linger;
    engine::start_request bare;
    bare.job = "by-hand";
    bare.idempotency_key = "k1";
    const auto none = w.get(w.engine().find_existing(bare));
    BOOST_TEST_REQUIRE(none.has_value());
    BOOST_TEST(!none->has_value());
    auto whole = bare;
    whole.definition = R"({"version":1,"kind":"test.fake"})";
    const auto first = w.get(w.engine().start_run(std::move(whole)));
    BOOST_TEST_REQUIRE(first.has_value());
    const auto again = w.get(w.engine().find_existing(bare));
    BOOST_TEST_REQUIRE((again.has_value() && again->has_value()));
    BOOST_TEST((**again).id == first->id);
    bare.idempotency_key.clear();
    const auto without = w.get(w.engine().find_existing(bare));
    BOOST_TEST_REQUIRE(without.has_value());
    BOOST_TEST(!without->has_value());
}

BOOST_AUTO_TEST_CASE(the_same_key_gives_the_same_run_also_at_the_same_moment_and_after_a_restart)
{
    world w;
    w.write("hello");
    w.write("other");
    w.boot();
    *w.run_script = linger;
    std::optional<result<engine::start_result>> first, second;
    for (auto* out : {&first, &second}) {
        engine::start_request r;
        r.job = "hello";
        r.idempotency_key = "k1";
        asio::co_spawn(w.io, keep(w.engine().start_run(std::move(r)), *out), [](std::exception_ptr) {});
    }
    w.time.run_until_idle();
    BOOST_TEST_REQUIRE((first && first->has_value() && second && second->has_value()));
    BOOST_TEST((*first)->id == (*second)->id);
    BOOST_TEST((*first)->existed != (*second)->existed);
    BOOST_TEST(w.runs().size() == 1u);
    BOOST_TEST(w.begin("other", {}, "k1") != (*first)->id);

    w.crash();
    w.boot();
    const auto again = w.try_begin("hello", {}, "k1");
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->existed);
    BOOST_TEST(again->id == (*first)->id);
}

BOOST_AUTO_TEST_CASE(a_key_outlives_its_run_and_the_purge_of_it)
{
    world w;
    w.write("hello");
    w.boot();
    const auto first = w.begin("hello", {}, "k1");
    BOOST_TEST((w.run(first).state == ledger::run_state::succeeded));
    w.pass(92 * 24h); // retention.runs is 90 days
    BOOST_TEST_REQUIRE(w.runs().empty());
    for (const bool after_a_restart : {false, true}) {
        if (after_a_restart) {
            w.crash();
            w.boot();
        }
        const auto again = w.try_begin("hello", {}, "k1");
        BOOST_TEST_REQUIRE(!again.has_value());
        BOOST_TEST(name(again.error().code) == "gone");
        BOOST_TEST(again.error().message.find(first.text()) != std::string::npos);
        BOOST_TEST(w.runs().empty());
    }
    BOOST_TEST(w.try_begin("hello", {}, "k2").has_value());
}

BOOST_AUTO_TEST_CASE(a_purged_runs_moment_does_not_fire_again)
{
    world w;
    w.adjust = [](engine::dependencies& d) { d.retention_periods.runs = 4 * 24h; };
    w.write("daily", "schedule: {every: 24h, missed: run-all}\n");
    w.boot();
    w.pass(8 * 24h);
    const auto before = w.published.count("schedule.fired");
    BOOST_TEST(before >= 7u);
    BOOST_TEST(w.runs("daily").size() < before); // the oldest are purged
    w.crash();
    w.boot();
    w.pass(1h);
    BOOST_TEST(w.published.count("schedule.fired") == before);
}

BOOST_AUTO_TEST_CASE(codes_by_hand_are_paused_by_name_also_after_a_restart)
{
    world w;
    w.boot();
    const auto begin = [&w] {
        engine::start_request r;
        r.job = engine::otp_by_hand;
        r.definition = R"({"version":1,"kind":"test.fake"})";
        const auto begun = w.get(w.engine().start_run(std::move(r)));
        return begun ? std::string("ok") : std::string(name(begun.error().code));
    };
    BOOST_TEST(begin() == "ok");
    BOOST_TEST(w.engine().jobs().empty());
    BOOST_TEST(w.get(w.engine().pause(engine::otp_by_hand)).has_value());
    BOOST_TEST(begin() == "paused");
    w.crash();
    w.boot();
    BOOST_TEST(begin() == "paused");
    BOOST_TEST_REQUIRE(w.engine().jobs().size() == 1u); // so that nobody forgets it
    BOOST_TEST(w.engine().jobs()[0].paused);
    BOOST_TEST(w.engine().job(engine::otp_by_hand)->kind == "otp.acquire");
    BOOST_TEST(w.get(w.engine().resume(engine::otp_by_hand)).has_value());
    BOOST_TEST(begin() == "ok");
    BOOST_TEST(name(w.get(w.engine().pause("by-foot")).error().code) == "not_found");
}

BOOST_AUTO_TEST_CASE(an_exception_ends_its_run_and_nothing_else)
{
    world w;
    w.write("bad");
    w.write("good");
    w.boot();
    *w.run_script = linger;
    const auto other = w.begin("good");
    *w.run_script = [](kinds::run_context&) -> task<kinds::ending> { throw std::logic_error("index out of range"); };
    const auto id = w.begin("bad");
    const auto run = w.run(id);
    BOOST_TEST((run.state == run_state::failed));
    BOOST_TEST(run.error_code == "internal");
    BOOST_TEST(run.error_message == "index out of range");
    BOOST_TEST((w.published.last("run.finished")->severity == events::level::error));
    BOOST_TEST((w.run(other).state == run_state::running));
    *w.run_script = succeed;
    w.begin("bad");
}

BOOST_AUTO_TEST_CASE(a_kind_that_leaves_as_interrupted_without_a_stop_has_failed)
{
    world w;
    w.write("odd");
    w.boot();
    *w.run_script = [](kinds::run_context&) -> task<kinds::ending> { co_return kinds::ending::stopped(); };
    BOOST_TEST(w.run(w.begin("odd")).error_code == "internal");
}

BOOST_AUTO_TEST_CASE(errors_of_an_ending_are_stored_with_their_code)
{
    world w;
    w.write("hello");
    w.boot();
    *w.run_script = [](kinds::run_context&) -> task<kinds::ending> {
        co_return kinds::ending(run_state::failed, error(errc::no_stock, "no number left"));
    };
    const auto run = w.run(w.begin("hello"));
    BOOST_TEST(run.error_code == "no_stock");
    BOOST_TEST(run.error_message == "no number left");
}

BOOST_AUTO_TEST_CASE(wait_gives_the_run_at_its_end_or_at_the_deadline)
{
    world w;
    w.write("slow", "concurrency: 2\n");
    w.boot();
    *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        co_await c.clock().sleep_for(20s);
        co_return kinds::ending(run_state::succeeded);
    };
    const auto id = w.begin("slow");
    std::optional<result<ledger::run_record>> soon, late;
    auto start_waiting = [&](std::chrono::seconds patience, auto& out) {
        asio::co_spawn(w.io, keep(w.engine().wait(id, w.time.now() + patience), out), [](std::exception_ptr) {});
    };
    start_waiting(5s, soon);
    start_waiting(60s, late);
    w.pass(4s);
    BOOST_TEST(!soon.has_value());
    w.pass(2s);
    BOOST_TEST_REQUIRE(soon.has_value());
    BOOST_TEST(((*soon)->state == run_state::running));
    const auto questions = w.now().store.questions;
    w.pass(13s);
    BOOST_TEST(w.now().store.questions == questions); // nobody polls
    w.pass(2s);
    BOOST_TEST_REQUIRE(late.has_value());
    BOOST_TEST(((*late)->state == run_state::succeeded));
    BOOST_TEST((w.get(w.engine().wait(id, w.time.now()))->state == run_state::succeeded));
    BOOST_TEST(name(w.get(w.engine().wait(run_id("none"), w.time.now())).error().code) == "not_found");
}

BOOST_AUTO_TEST_CASE(a_cancellation_is_durable_and_reaches_the_run_once)
{
    world w;
    w.write("long");
    w.boot();
    *w.run_script = linger;
    const auto id = w.begin("long");
    BOOST_TEST(w.get(w.engine().cancel(id)).has_value());
    const auto run = w.run(id);
    BOOST_TEST((run.state == run_state::cancelled));
    BOOST_TEST(run.cancel_asked);
    BOOST_TEST(name(w.get(w.engine().cancel(id)).error().code) == "conflict");
    BOOST_TEST(name(w.get(w.engine().cancel(run_id("none"))).error().code) == "not_found");
}

BOOST_AUTO_TEST_CASE(a_cancellation_survives_a_crash)
{
    world w;
    w.write("long");
    w.boot();
    *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        co_await c.clock().sleep_for(1s); // ignores the first word
        while (true)
            co_await c.clock().sleep_for(1h);
    };
    w.now().store.crash_after = [](const ledger::batch& all) {
        const auto* u = std::get_if<ledger::update_run>(&all.front());
        return u && u->cancel_asked == true;
    };
    const auto id = w.begin("long");
    std::optional<result<void>> answer;
    asio::co_spawn(w.io, keep(w.engine().cancel(id), answer), [](std::exception_ptr) {});
    w.time.run_until_idle();
    BOOST_TEST(!answer.has_value());
    *w.run_script = linger;
    w.boot();
    BOOST_TEST((w.run(id).state == run_state::cancelled));
}

BOOST_AUTO_TEST_CASE(a_run_with_an_effect_that_nobody_knows_of_ends_as_attention)
{
    world w;
    w.write("buy");
    w.boot();
    *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        ledger::intend i;
        i.effect.id = effect_id("E1");
        i.effect.run = c.run().id;
        i.effect.step = "order";
        i.effect.job = c.run().job;
        i.effect.account = "acc";
        i.effect.operation = "number.order";
        i.effect.expected = money(decimal::from_integer(4), "TRY");
        ledger::batch all;
        all.push_back(std::move(i));
        all.push_back(ledger::move_effect(effect_id("E1"), ledger::effect_state::dispatched));
        auto done = co_await c.recorder().commit(std::move(all));
        BOOST_TEST(done.has_value());
        throw std::runtime_error("in the middle");
    };
    const auto run = w.run(w.begin("buy"));
    BOOST_TEST((run.state == run_state::attention));
    BOOST_TEST(run.error_code == "internal");
    const auto open = w.get(w.disk->attention(true)).value();
    BOOST_TEST_REQUIRE(open.size() == 1u);
    BOOST_TEST(open[0].id == "E1");
}

BOOST_AUTO_TEST_CASE(an_end_waits_for_the_disk)
{
    world w;
    w.write("hello");
    w.boot();
    *w.run_script = [&](kinds::run_context&) -> task<kinds::ending> {
        w.now().store.refuses = true;
        co_return kinds::ending(run_state::succeeded);
    };
    const auto id = w.begin("hello");
    w.pass(5s);
    BOOST_TEST((w.run(id).state == run_state::running));
    w.now().store.refuses = false;
    w.pass(2s);
    BOOST_TEST((w.run(id).state == run_state::succeeded));
}

BOOST_AUTO_TEST_CASE(a_plan_stores_nothing)
{
    world w;
    w.write("hello", "params:\n  name: {type: string, default: Ada}\n");
    w.boot();
    const auto commits = w.now().store.commits;
    const auto plan = w.get(w.engine().plan("hello", {}));
    BOOST_TEST_REQUIRE(plan.has_value());
    BOOST_TEST(plan->at("param.name").as_string() == "Ada");
    BOOST_TEST(w.now().store.commits == commits);
    BOOST_TEST(w.runs().empty());
    BOOST_TEST(name(w.get(w.engine().plan("nobody", {})).error().code) == "not_found");
    BOOST_TEST(name(w.get(w.engine().plan("hello", {{"nme", "x"}})).error().code) == "invalid_argument");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
