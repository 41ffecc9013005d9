#include "kinds/sms_send/plan.hpp"
#include "kinds/sms_stage_world.hpp"

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_plan_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;

ledger::item_record skipped_at(std::int64_t position, const std::string& reason)
{
    auto i = item_at(position, item_state::skipped);
    i.reason = reason;
    return i;
}

ledger::item_record costing(std::int64_t position, int segments)
{
    auto i = item_at(position);
    i.segments = segments;
    return i;
}

const providers::account& paid_in_credits()
{
    static providers::account account;
    account.unit = "credits";
    return account;
}

std::string digest_of(const sms::plan_totals& totals)
{
    return json::serialize(totals.to_json(paid_in_credits()).at("digest"));
}

std::string digest_after(const std::string& sender, const std::string& common,
                         const std::vector<ledger::item_record>& items)
{
    sms::plan_totals totals(sender, common);
    totals.add(items);
    return digest_of(totals);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plan_sums_recipients_by_reason_and_by_segments)
{
    sms::plan_totals totals("MARKA", "Merhaba");
    totals.add(
        {costing(0, 1), costing(1, 2), skipped_at(2, "number: 7 digits, 10 are needed"), skipped_at(3, "opt-out")});
    totals.add({costing(4, 2), skipped_at(5, "duplicate"), skipped_at(6, "opt-out"), skipped_at(7, "sent-within")});
    const auto plan = totals.to_json(paid_in_credits());
    BOOST_TEST(json::serialize(plan.at("recipients")) ==
               R"({"total":8,"to_send":3,"duplicate":1,"no-value":0,"number":1,"opt-out":2,"sent-within":1})");
    BOOST_TEST(json::serialize(plan.at("by_segments")) == R"({"1":1,"2":2})");
    BOOST_TEST(plan.at("segments").as_int64() == 5);
    BOOST_TEST(json::serialize(plan.at("cost")) == R"({"amount":"5","unit":"credits"})");
}

BOOST_AUTO_TEST_CASE(reasons_that_did_not_occur_are_shown_as_zero)
{
    const auto plan = sms::plan_totals("MARKA", "").to_json(paid_in_credits());
    BOOST_TEST(json::serialize(plan.at("recipients")) ==
               R"({"total":0,"to_send":0,"duplicate":0,"no-value":0,"number":0,"opt-out":0,"sent-within":0})");
    BOOST_TEST(plan.at("digest").as_string().size() == 64u);
}

BOOST_AUTO_TEST_CASE(the_digest_changes_with_whatever_would_be_sent)
{
    const auto first = digest_after("MARKA", "Merhaba", {item_at(0), item_at(1)});
    BOOST_TEST(first == digest_after("MARKA", "Merhaba", {item_at(0), item_at(1)}));
    BOOST_TEST(first == digest_after("MARKA", "Merhaba", {item_at(0), skipped_at(7, "number: x"), item_at(1)}));
    BOOST_TEST(first != digest_after("OTHER", "Merhaba", {item_at(0), item_at(1)}));
    BOOST_TEST(first != digest_after("MARKA", "Selam", {item_at(0), item_at(1)}));
    BOOST_TEST(first != digest_after("MARKA", "Merhaba", {item_at(1), item_at(0)}));
    BOOST_TEST(first != digest_after("MARKA", "Merhaba", {item_at(0)}));
    BOOST_TEST(first != digest_after("MARKA", "Merhaba", {item_at(0), item_at(1, item_state::pending, "Ali")}));
}

BOOST_FIXTURE_TEST_CASE(a_plan_reads_all_recipients_and_sends_nothing, sms_stage_world)
{
    write("list.csv", rows(2500) + "Veli;0555 100 00 00\nBozuk;123\n");
    settings.recipients.csv = folder + "/list.csv";
    settings.recipients.form.column = "gsm";
    opt_out(1);
    const auto plan = run(sms::make_plan(context, settings, account("bulk"))).value();
    BOOST_TEST(json::serialize(plan.at("recipients")) ==
               R"({"total":2502,"to_send":2499,"duplicate":1,"no-value":0,"number":1,"opt-out":1,"sent-within":0})");
    BOOST_TEST(plan.at("segments").as_int64() == 2499);
    BOOST_TEST(!plan.contains("waits_until"));
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(items_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(a_plan_says_when_its_window_opens, sms_stage_world)
{
    job::window w;
    w.from = 12h;
    w.to = 13h;
    settings.window = w; // it is nine
    settings.recipients.numbers.push_back(job::text_template::parse("5551112233").value());
    const auto plan = run(sms::make_plan(context, settings, account("bulk"))).value();
    BOOST_TEST(plan.at("waits_until").as_string() == rfc3339(clock.wall_now() + 3h));
}

BOOST_FIXTURE_TEST_CASE(a_source_that_cannot_be_read_has_no_plan, sms_stage_world)
{
    settings.recipients.csv = folder + "/none.csv";
    const auto missing = run(sms::make_plan(context, settings, account("bulk")));
    BOOST_TEST_REQUIRE(!missing.has_value());
    BOOST_TEST((missing.error().code == errc::not_found));
    write("list.csv", "gsm\n12\n");
    settings.recipients.csv = folder + "/list.csv";
    settings.recipients.form.column = "gsm";
    settings.recipients.stop_on_invalid = true;
    const auto invalid = run(sms::make_plan(context, settings, account("bulk")));
    BOOST_TEST_REQUIRE(!invalid.has_value());
    BOOST_TEST((invalid.error().code == errc::validation));
}

BOOST_AUTO_TEST_SUITE_END()
