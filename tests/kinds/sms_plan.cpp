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

BOOST_FIXTURE_TEST_CASE(a_plan_tells_calls_time_and_samples, sms_stage_world)
{
    write("list.csv", "ad;gsm\nAli;5551000001\nMaximilian;5551000002\nBo;5551000003\nX;12\n");
    settings.recipients.csv = folder + "/list.csv";
    settings.recipients.form.column = "gsm";
    settings.message.text = job::text_template::parse("Merhaba ${ad}").value();
    settings.pace.emplace();
    settings.pace->per_second = 0.01;
    settings.pace->unit = "requests";
    settings.give_up_after = 4min;
    const auto plan = run(sms::make_plan(context, settings, account("bulk"))).value();
    BOOST_TEST(plan.at("requests").as_int64() == 3);
    const auto& time = plan.at("time").as_object();
    BOOST_TEST(time.at("seconds").as_int64() == 300);
    BOOST_TEST(time.at("begins_at").as_string() == rfc3339(clock.wall_now()));
    BOOST_TEST(time.at("ends_at").as_string() == rfc3339(clock.wall_now() + 5min));
    BOOST_TEST(!time.at("in_time").as_bool());
    const auto& samples = plan.at("samples").as_array();
    BOOST_TEST_REQUIRE(samples.size() == 3u);
    BOOST_TEST(samples[0].at("text").as_string() == "Merhaba Maximilian");
    BOOST_TEST(samples[1].at("text").as_string() == "Merhaba Bo");
    BOOST_TEST(samples[2].at("which").as_string() == "random");
    BOOST_TEST(plan.at("bad_rows").as_array().size() == 1u);
    BOOST_TEST(plan.at("bad_rows").at(0).at("value").as_string() == "12");
    BOOST_TEST(bulk.asked == 0);
}

BOOST_FIXTURE_TEST_CASE(a_plan_holds_balance_and_budget_against_the_cost, sms_stage_world)
{
    settings.recipients.numbers.push_back(job::text_template::parse("5551112233").value());
    const auto plan = run(sms::make_plan(context, settings, account("bulk"))).value();
    const auto& balance = plan.at("balance").as_object();
    BOOST_TEST(balance.at("amount").as_string() == "100000");
    BOOST_TEST(balance.at("enough").as_bool());
    BOOST_TEST(balance.at("why").is_null());
    const auto& budget = plan.at("budget").as_object();
    BOOST_TEST(budget.at("fits").as_bool());
    BOOST_TEST(budget.at("run").as_object().at("amount").is_null());
    bulk.left = decimal();
    job::budget limits;
    limits.run = money(decimal(), "credits");
    auto tight = context_with(limits);
    const auto poor = run(sms::make_plan(tight, settings, account("bulk"))).value();
    BOOST_TEST(!poor.at("balance").as_object().at("enough").as_bool());
    BOOST_TEST(!poor.at("budget").as_object().at("fits").as_bool());
    BOOST_TEST(poor.at("budget").as_object().at("why").is_string());
}

BOOST_FIXTURE_TEST_CASE(a_run_that_begins_as_planned_is_bound_to_the_list_of_the_plan, sms_stage_world)
{
    write("list.csv", rows(5));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}"));
    BOOST_TEST_REQUIRE((work != nullptr));
    const std::string digest(run(work->plan(context)).value().at("digest").as_string());
    const auto begun = run(work->begin_as_planned(context, digest));
    BOOST_TEST_REQUIRE(begun.has_value());
    BOOST_TEST(begun->find("digest") != std::string::npos);
    BOOST_TEST((run(work->begin_as_planned(context, "other")).error().code == errc::conflict));
    write("list.csv", rows(6));
    BOOST_TEST((run(work->begin_as_planned(context, digest)).error().code == errc::conflict));
    BOOST_TEST(bulk.asked == 0);
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
