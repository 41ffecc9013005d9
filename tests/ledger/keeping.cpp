#include "ledger/samples.hpp"

#include "async/manual_clock.hpp"
#include "events/redactor.hpp"
#include "ledger/recorder.hpp"

#include <boost/json/serialize.hpp>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

struct heard : events::sink {
    void publish(const events::event& e) override { all.push_back(e); }
    std::vector<events::event> all;
};

notice_record a_notice(const std::string& id, wall_point next)
{
    notice_record n;
    n.id = notice_id(id);
    n.channel = "ops";
    n.moment = "done";
    n.body = "{}";
    n.next_at = next;
    return n;
}

purge forget(std::optional<wall_point> runs, std::optional<wall_point> items, std::optional<wall_point> codes)
{
    purge p;
    p.runs_before = runs;
    p.items_before = items;
    p.codes_before = codes;
    p.secrets = {result_keys{"otp.acquire", {"code"}}};
    return p;
}

create_run ended(const std::string& id, run_state s = run_state::succeeded)
{
    auto c = a_run(id);
    c.run.state = s;
    c.run.finished_at = noon;
    c.run.definition = "to: 5551112233";
    c.run.result = R"({"code":"123456","number":"5551112233"})";
    c.run.progress = R"({"tries":[{"code":"123456","price":"4.00"}]})";
    return c;
}

add_items one_recipient(const std::string& id)
{
    add_items a;
    a.run = run_id(id);
    a.items.emplace_back();
    a.items[0].phone = "5551112233";
    return a;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(keeping_, ledger_fixture)

BOOST_AUTO_TEST_CASE(events_get_increasing_numbers_and_come_back_whole)
{
    auto e = an_event("two");
    e.event.severity = events::level::warning;
    e.event.job = "j";
    e.event.run = "r";
    e.event.kind = "k";
    e.event.account = "a";
    e.event.provider = "p";
    e.event.item = "i";
    e.event.data = {{"amount", "4.00"}, {"n", 3}};
    const auto made = commit(an_event("one"), e).value();
    BOOST_REQUIRE(made.events.size() == 2u);
    BOOST_TEST(made.events[1].seq > made.events[0].seq);
    const auto read = run(store->events_after(made.events[0].seq, 10)).value();
    BOOST_REQUIRE(read.size() == 1u);
    BOOST_TEST(boost::json::serialize(to_json(read[0])) == boost::json::serialize(to_json(made.events[1])));
    BOOST_TEST(run(store->events_after(0, 1)).value().size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_newest_events_of_one_name_come_first_and_no_more_than_are_asked_for)
{
    BOOST_TEST(run(store->recent_events("a.a", 5)).value().empty());
    auto other = an_event("other");
    other.event.name = "b.b";
    for (const char* text : {"one", "two", "three"}) {
        auto e = an_event(text);
        e.event.name = "a.a";
        BOOST_REQUIRE(commit(e, other).has_value());
    }
    const auto found = run(store->recent_events("a.a", 2)).value();
    BOOST_REQUIRE(found.size() == 2u);
    BOOST_TEST(found[0].message == "three");
    BOOST_TEST(found[1].message == "two");
    BOOST_TEST(found[0].seq > found[1].seq);
    BOOST_TEST(run(store->recent_events("c.c", 2)).value().empty());
}

BOOST_AUTO_TEST_CASE(the_recorder_stamps_cleans_commits_and_only_then_tells)
{
    heard out;
    recorder rec(*store, out, clock);
    events::process_redactor().add_secret("canary-of-the-recorder");
    BOOST_TEST(
        run(rec.publish(events::event("run.started", events::level::info, "key canary-of-the-recorder!"))).has_value());
    BOOST_REQUIRE(out.all.size() == 1u);
    BOOST_TEST(out.all[0].message == "key ***!");
    BOOST_TEST(out.all[0].seq > 0);
    BOOST_TEST((out.all[0].time == clock.wall_now()));
    BOOST_TEST(run(store->events_after(0, 9)).value().at(0).message == "key ***!");
    auto doomed = all(an_event("never"), moved("e9", effect_state::dispatched));
    BOOST_TEST(verdict(run(rec.commit(std::move(doomed)))) == "not_found");
    BOOST_TEST(out.all.size() == 1u);
    BOOST_REQUIRE(commit(a_run("R1"), an_effect("e1", "R1", "s"), moved("e1", effect_state::dispatched)));
    auto unclear = moved("e1", effect_state::ambiguous);
    unclear.evidence = "they said canary-of-the-recorder";
    BOOST_REQUIRE(run(rec.commit(all(unclear))));
    BOOST_TEST(effect("e1").evidence == "they said ***");
}

BOOST_AUTO_TEST_CASE(notices_wait_until_they_are_due_and_settled)
{
    BOOST_REQUIRE(commit(put_notice{a_notice("n1", noon)}, put_notice{a_notice("n2", noon + 1min)}));
    BOOST_TEST(outcome(put_notice{a_notice("n1", noon)}) == "conflict");
    BOOST_TEST(run(store->notices_due(noon, 10)).value().size() == 1u);
    update_notice again;
    again.id = notice_id("n1");
    again.attempts = 1;
    again.next_at = noon + 2min;
    again.last_error = "503";
    BOOST_REQUIRE(commit(again));
    BOOST_TEST(run(store->notices_due(noon, 10)).value().empty());
    const auto due = run(store->notices_due(noon + 5min, 10)).value();
    BOOST_REQUIRE(due.size() == 2u);
    BOOST_TEST(due[0].id.text() == "n2");
    BOOST_TEST(due[1].last_error == "503");
    again.sent = true;
    BOOST_REQUIRE(commit(again));
    BOOST_TEST(run(store->notices_due(noon + 5min, 10)).value().size() == 1u);
    again.id = notice_id("n9");
    BOOST_TEST(outcome(again) == "not_found");
}

BOOST_AUTO_TEST_CASE(small_things_are_kept)
{
    suppression_record s;
    s.phone = "5551112233";
    s.reason = "asked";
    s.at = noon;
    balance_record b;
    b.account = "ilet";
    b.at = noon;
    b.balance = money(decimal::from_integer(500), "credits");
    auto newer = b;
    newer.at = noon + 1h;
    newer.balance = money(decimal::from_integer(400), "credits");
    BOOST_REQUIRE(commit(suppress{s}, suppress{s}, record_balance{b}, record_balance{newer}));
    BOOST_REQUIRE(commit(put_setting{"pause/a", "1"}, put_setting{"pause/b", "1"}, put_setting{"alarm/a", "2"}));
    BOOST_REQUIRE(commit(set_watermark{"j", "0 9 * * *", noon}, set_watermark{"j", "0 9 * * *", noon + 24h}));
    BOOST_TEST(run(store->suppressions()).value().size() == 1u);
    BOOST_TEST(run(store->balances("ilet", 1)).value().at(0).balance.text() == "400 credits");
    BOOST_TEST(run(store->settings("pause/")).value().size() == 2u);
    BOOST_TEST((run(store->watermark("j", "0 9 * * *")).value() == noon + 24h));
    BOOST_TEST(!run(store->watermark("j", "other")).value().has_value());
    BOOST_REQUIRE(commit(unsuppress{"5551112233"}, put_setting{"pause/a", ""}));
    BOOST_TEST(run(store->suppressions()).value().empty());
    BOOST_TEST(run(store->settings("pause/")).value().at(0).first == "pause/b");
}

BOOST_AUTO_TEST_CASE(spend_separates_what_is_spent_from_what_is_open)
{
    using enum effect_state;
    auto late = an_effect("e2", "R1", "s2", 1, "7");
    late.effect.intended_at = parse_rfc3339("2026-11-22T21:30:00Z").value(); // the 23rd in Istanbul
    auto elsewhere = an_effect("e3", "R1", "s3", 1, "2");
    elsewhere.effect.account = "panel";
    refund_effect back;
    back.id = effect_id("e1");
    back.amount = decimal::from_integer(1);
    BOOST_REQUIRE(commit(a_run("R1"), an_effect("e1", "R1", "s1"), moved("e1", dispatched), moved("e1", accepted, "1"),
                         back, late, moved("e2", dispatched), moved("e2", ambiguous), elsewhere,
                         moved("e3", not_sent)));
    auto text = [this](spend_grouping by) {
        std::string out;
        for (const auto& r : run(store->spend_totals(by, time_zone::find("Europe/Istanbul").value())).value())
            out += r.key + "=" + r.spent.text() + "," + r.open.text() + "," + std::to_string(r.effects) + " ";
        return out;
    };
    BOOST_TEST(text(spend_grouping::job) == "otp-watch=3.00 TRY,7.00 TRY,2 ");
    BOOST_TEST(text(spend_grouping::account) == "tamonay=3.00 TRY,7.00 TRY,2 ");
    BOOST_TEST(text(spend_grouping::day) == "2026-11-22=3.00 TRY,0.00 TRY,1 2026-11-23=0.00 TRY,7.00 TRY,1 ");
}

BOOST_AUTO_TEST_CASE(codes_are_forgotten_first)
{
    BOOST_REQUIRE(commit(ended("R1"), forget({}, {}, noon)));
    BOOST_TEST(run(store->run(run_id("R1"))).value().result.find("123456") != std::string::npos);
    BOOST_REQUIRE(commit(forget({}, {}, noon + 1ms)));
    const auto r = run(store->run(run_id("R1"))).value();
    BOOST_TEST(r.result == R"({"code":null,"number":"5551112233"})");
    BOOST_TEST(r.progress == R"({"tries":[{"code":null,"price":"4.00"}]})");
    update_run again{run_id("R1")};
    again.result = R"({"code":"777777"})";
    BOOST_REQUIRE(commit(again, forget({}, {}, noon + 1ms)));
    BOOST_TEST(run(store->run(run_id("R1"))).value().result == R"({"code":null})");
}

BOOST_AUTO_TEST_CASE(items_and_texts_of_ended_runs_are_forgotten)
{
    BOOST_REQUIRE(commit(ended("R1"), one_recipient("R1"), a_run("R2"), one_recipient("R2")));
    BOOST_REQUIRE(commit(forget({}, noon + 1ms, {})));
    item_query q;
    q.run = run_id("R1");
    BOOST_TEST(run(store->items(q)).value().empty());
    BOOST_TEST(run(store->count_items(q.run)).value().by_state[0] == 0);
    BOOST_TEST(run(store->run(q.run)).value().definition.empty());
    q.run = run_id("R2");
    BOOST_TEST(run(store->items(q)).value().size() == 1u);
}

BOOST_AUTO_TEST_CASE(old_runs_go_and_what_somebody_still_has_to_see_stays)
{
    using enum effect_state;
    attention_record waiting;
    waiting.id = "a";
    waiting.run = run_id("R2");
    auto old_notice = a_notice("n1", noon);
    old_notice.sent = true;
    BOOST_REQUIRE(commit(ended("R1"), one_recipient("R1"), an_effect("e1", "R1", "s"), moved("e1", dispatched),
                         moved("e1", accepted, "1")));
    BOOST_REQUIRE(commit(ended("R2", run_state::attention), raise_attention{waiting}, ended("R3"),
                         an_effect("e3", "R3", "s"), moved("e3", dispatched), an_event("old"), put_notice{old_notice}));
    auto young = an_event("young");
    young.event.time = noon + 1h;
    const auto last = commit(young).value().events[0].seq;
    BOOST_REQUIRE(commit(forget(noon + 1ms, {}, {})));
    BOOST_TEST(verdict(run(store->run(run_id("R1")))) == "not_found");
    BOOST_TEST(verdict(run(store->run(run_id("R2")))) == "ok");
    BOOST_TEST(verdict(run(store->run(run_id("R3")))) == "ok");
    BOOST_TEST(effect("e1").state == accepted);
    BOOST_TEST(run(store->attention(true)).value().size() == 1u);
    BOOST_TEST(outcome(put_notice{old_notice}) == "ok"); // it was gone
    const auto left = run(store->events_after(0, 10)).value();
    BOOST_REQUIRE(left.size() == 1u);
    BOOST_TEST(left[0].seq == last);
    BOOST_REQUIRE(commit(forget(noon + 2h, {}, {})));
    BOOST_TEST(run(store->events_after(0, 10)).value().empty());
    BOOST_TEST(commit(an_event("next")).value().events[0].seq > last); // numbers are never used again
}

BOOST_AUTO_TEST_CASE(a_large_purge_goes_slice_by_slice_and_leaves_nothing_that_is_due)
{
    constexpr int runs = 7, recipients = 5, most = 3;
    auto slice = forget(noon + 1ms, noon + 1ms, noon + 1ms);
    slice.limit = most;
    for (int n = 0; n < runs; ++n) {
        const auto id = "R" + std::to_string(n);
        add_items list;
        list.run = run_id(id);
        for (int i = 0; i < recipients; ++i) {
            list.items.emplace_back();
            list.items.back().position = i;
            list.items.back().phone = std::to_string(5550000000 + i);
        }
        auto sent = a_notice("n" + std::to_string(n), noon);
        sent.sent = true;
        record_balance balance;
        balance.balance.account = "ilet";
        balance.balance.at = noon;
        BOOST_REQUIRE(commit(ended(id), list, an_event("old"), put_notice{sent}, balance));
    }
    BOOST_REQUIRE(commit(a_run("young"), one_recipient("young")));
    const auto left = [this] {
        std::size_t all = 0;
        for (const auto& r : run(store->runs(run_query())).value()) {
            item_query q;
            q.run = r.id;
            all += run(store->items(q)).value().size();
        }
        return all;
    };
    int slices = 0;
    for (bool more = true; more; ++slices) {
        BOOST_REQUIRE(slices < 100);
        const auto before = left();
        const auto made = commit(slice);
        BOOST_REQUIRE(made);
        more = made.value().more_to_purge;
        BOOST_TEST(before - left() <= std::size_t(most));
        // A run is not gone before its recipients are: a crash here loses nothing.
        BOOST_TEST(verdict(run(store->run(run_id("young")))) == "ok");
    }
    BOOST_TEST(slices > runs * recipients / most);
    BOOST_TEST(run(store->runs(run_query())).value().size() == 1u);
    BOOST_TEST(left() == 1u);
    BOOST_TEST(run(store->events_after(0, 10)).value().empty());
    BOOST_TEST(run(store->balances("ilet", 10)).value().empty());
    BOOST_TEST(outcome(put_notice{a_notice("n0", noon)}) == "ok"); // it was gone
    BOOST_TEST(!commit(slice).value().more_to_purge);
}

BOOST_AUTO_TEST_CASE(codes_of_many_runs_are_forgotten_slice_by_slice)
{
    for (int n = 0; n < 7; ++n)
        BOOST_REQUIRE(commit(ended("R" + std::to_string(n))));
    auto slice = forget({}, {}, noon + 1ms);
    slice.limit = 3;
    for (const bool more : {true, true, false})
        BOOST_TEST(commit(slice).value().more_to_purge == more);
    for (const auto& r : run(store->runs(run_query())).value())
        BOOST_TEST(r.result.find("123456") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
