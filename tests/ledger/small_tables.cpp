#include "ledger/tables.hpp"

#include "ledger/detail/attention_table.hpp"
#include "ledger/detail/balances_table.hpp"
#include "ledger/detail/events_table.hpp"
#include "ledger/detail/notices_table.hpp"
#include "ledger/detail/settings_table.hpp"
#include "ledger/detail/suppressions_table.hpp"
#include "ledger/detail/watermarks_table.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(small_tables_, tables_fixture)

BOOST_AUTO_TEST_CASE(an_attention_entry_is_opened_updated_and_resolved_once)
{
    attention_table attention(db);
    raise_attention raised;
    raised.entry.id = "a1";
    raised.entry.run = run_id("R1");
    raised.entry.kind = "ambiguous";
    raised.entry.at = noon;
    BOOST_REQUIRE(attention.raise(raised));
    raised.entry.evidence = "more";
    raised.entry.at = noon + 1h;
    BOOST_REQUIRE(attention.raise(raised));
    BOOST_TEST(attention.count_open("R1").value() == 1);
    BOOST_TEST(attention.count_open("R2").value() == 0);
    const auto open = attention.list(true).value().at(0);
    BOOST_TEST(open.evidence == "more");
    BOOST_TEST((open.at == noon)); // since when it is open
    resolve_attention resolve;
    resolve.id = "a1";
    resolve.at = noon + 2h;
    resolve.operator_uid = 1000;
    for (auto wrong : {"", "yes", "Done"}) {
        resolve.outcome = wrong;
        BOOST_TEST(verdict(attention.resolve(resolve)) == "invalid_argument", wrong);
    }
    resolve.outcome = "write-off";
    BOOST_TEST(verdict(attention.resolve(resolve)) == "ok");
    BOOST_TEST(verdict(attention.resolve(resolve)) == "conflict");
    BOOST_TEST(verdict(attention.raise(raised)) == "conflict");
    raised.entry.kind = "refund-missing";
    BOOST_TEST(verdict(attention.raise(raised)) == "ok");
    BOOST_TEST((attention.list(true).value().at(0).at == noon + 1h));
    resolve.id = "a9";
    BOOST_TEST(verdict(attention.resolve(resolve)) == "not_found");
}

BOOST_AUTO_TEST_CASE(events_are_numbered_without_gaps_reused_or_reordered)
{
    events_table events(db);
    std::vector<std::int64_t> seqs;
    for (int i = 0; i < 5; ++i)
        seqs.push_back(events.append(an_event(std::to_string(i)).event).value());
    BOOST_TEST(std::ranges::is_sorted(seqs));
    BOOST_REQUIRE(db.execute("DELETE FROM events"));
    BOOST_TEST(events.append(an_event("later").event).value() > seqs.back());
    BOOST_TEST(events.after(0, 10).value().size() == 1u);
    BOOST_TEST(events.after(seqs.back() + 1, 10).value().empty());
    BOOST_TEST(events.recent("run.started", 10).value().at(0).message == "later");
    BOOST_TEST(events.recent("run.ended", 10).value().empty());
}

BOOST_AUTO_TEST_CASE(data_that_is_no_object_comes_back_empty)
{
    events_table events(db);
    BOOST_REQUIRE(events.append(an_event("one").event));
    for (auto data : {"[1]", "{", ""}) {
        BOOST_REQUIRE(db.execute("UPDATE events SET data=?", std::string_view(data)));
        BOOST_TEST(events.after(0, 1).value().at(0).data.empty(), data);
    }
}

BOOST_AUTO_TEST_CASE(a_notice_is_due_until_it_is_sent_or_given_up)
{
    notices_table notices(db);
    put_notice put;
    put.notice.id = notice_id("n1");
    put.notice.next_at = noon;
    BOOST_REQUIRE(notices.put(put));
    BOOST_TEST(verdict(notices.put(put)) == "conflict");
    BOOST_TEST(notices.due(noon - 1ms, 10).value().empty());
    BOOST_TEST(notices.due(noon, 10).value().size() == 1u);
    BOOST_TEST(notices.due(noon, 0).value().empty());
    for (const bool sent : {true, false}) {
        update_notice u;
        u.id = notice_id("n1");
        u.sent = sent;
        u.given_up = !sent;
        u.next_at = noon;
        BOOST_REQUIRE(notices.update(u));
        BOOST_TEST(notices.due(noon + 24h, 10).value().empty());
    }
    update_notice unknown;
    unknown.id = notice_id("n9");
    BOOST_TEST(verdict(notices.update(unknown)) == "not_found");
}

BOOST_AUTO_TEST_CASE(a_number_is_suppressed_once_with_the_newest_reason)
{
    suppressions_table suppressions(db);
    suppression_record s;
    s.phone = "5551112233";
    for (auto reason : {"asked", "complaint"}) {
        s.reason = reason;
        BOOST_REQUIRE(suppressions.put(s));
    }
    s.phone = "5550000000";
    BOOST_REQUIRE(suppressions.put(s));
    const auto all = suppressions.page({}, 100).value();
    BOOST_REQUIRE_EQUAL(all.size(), 2u);
    BOOST_TEST(all[0].phone == "5550000000");
    BOOST_TEST(all[1].reason == "complaint");
    BOOST_TEST(verdict(suppressions.remove("5551112233")) == "ok");
    BOOST_TEST(verdict(suppressions.remove("5551112233")) == "ok");
    BOOST_TEST(suppressions.page({}, 100).value().size() == 1u);
    s.phone.clear();
    BOOST_TEST(verdict(suppressions.put(s)) == "conflict");
}

BOOST_AUTO_TEST_CASE(balances_come_newest_first_for_one_account)
{
    balances_table balances(db);
    balance_record b;
    for (int i = 0; i < 3; ++i) {
        b.account = i == 1 ? "other" : "tamonay";
        b.balance = lira(std::to_string(i).c_str());
        b.at = noon; // of one moment: in the order of their coming
        BOOST_REQUIRE(balances.add(b));
    }
    const auto found = balances.newest("tamonay", 10).value();
    BOOST_REQUIRE_EQUAL(found.size(), 2u);
    BOOST_TEST(found[0].balance.amount.text() == "2");
    BOOST_TEST(balances.newest("tamonay", 1).value().size() == 1u);
    BOOST_TEST(balances.newest("none", 1).value().empty());
}

BOOST_AUTO_TEST_CASE(settings_are_found_by_a_prefix_that_means_itself)
{
    settings_table settings(db);
    for (auto name : {"pause/a", "pause/b", "pause%", "other"})
        BOOST_REQUIRE(settings.put(put_setting{name, "1"}));
    BOOST_REQUIRE(settings.put(put_setting{"pause/a", "2"}));
    BOOST_TEST(settings.with_prefix("pause/").value().size() == 2u);
    BOOST_TEST(settings.with_prefix("pause/").value().at(0).second == "2");
    BOOST_TEST(settings.with_prefix("pause%").value().size() == 1u);
    BOOST_REQUIRE(settings.put(put_setting{"pause/a", ""}));
    BOOST_REQUIRE(settings.put(put_setting{"never/there", ""}));
    BOOST_TEST(settings.with_prefix("pause/").value().size() == 1u);
    BOOST_TEST(settings.with_prefix("never").value().empty());
}

BOOST_AUTO_TEST_CASE(a_watermark_belongs_to_a_job_and_a_schedule)
{
    watermarks_table watermarks(db);
    BOOST_TEST(!watermarks.find("j", "0 9 * * *").value().has_value());
    BOOST_REQUIRE(watermarks.set(set_watermark{"j", "0 9 * * *", noon}));
    BOOST_REQUIRE(watermarks.set(set_watermark{"j", "0 9 * * *", noon + 1h}));
    BOOST_TEST((watermarks.find("j", "0 9 * * *").value() == noon + 1h));
    BOOST_TEST(!watermarks.find("j", "0 10 * * *").value().has_value());
    BOOST_TEST(!watermarks.find("k", "0 9 * * *").value().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
