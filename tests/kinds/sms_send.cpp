#include "kinds/sms_world.hpp"

#include "core/local_time_text.hpp"

#include <boost/json/serialize.hpp>

BOOST_AUTO_TEST_SUITE(sms_send_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using ledger::run_state;

} // namespace

BOOST_FIXTURE_TEST_CASE(one_text_goes_out_in_one_call_and_is_followed_to_the_report, sms_world)
{
    const auto work = load(job_with(three));
    BOOST_TEST_REQUIRE((work != nullptr));
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST_REQUIRE(bulk.taken.size() == 1u);
    BOOST_TEST(bulk.taken[0].numbers.size() == 3u);
    BOOST_TEST(bulk.taken[0].text == "Merhaba");
    BOOST_TEST(counted(id, "delivered") == 3);
    BOOST_TEST(counted(id, "segments") == 3);
    check_sum(id);
    const auto queue = result_of(id).at("queues").as_array().at(0).as_object();
    BOOST_TEST(queue.at("id").as_string() == "q1");
    BOOST_TEST(queue.at("recipients").as_int64() == 3);
    BOOST_TEST(run_of(id).spent.text() == "3 credits");
    for (const auto& e : published.all)
        BOOST_TEST(json::serialize(e.data).find("5551112233") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_file_is_read_in_chunks_with_duplicates_invalid_rows_and_opt_outs_left_out, sms_world)
{
    ledger::suppress s;
    s.entry.phone = "5551000001";
    ledger::batch changes;
    changes.push_back(s);
    commit(std::move(changes));
    write("list.csv", "\xEF\xBB\xBF" + rows(2500) + "Veli;0555 100 00 00\nBozuk;123\n\n");
    const auto work = load(job_with("{csv: list.csv, phone: gsm}"));
    BOOST_TEST_REQUIRE((work != nullptr));
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(counted(id, "total") == 2502);
    BOOST_TEST(counted(id, "skipped") == 3);
    BOOST_TEST(counted(id, "delivered") == 2499);
    check_sum(id);
    std::map<std::string, int> reasons;
    for (const auto& i : items_of(id))
        if (i.state == item_state::skipped)
            ++reasons[i.reason];
    BOOST_TEST(reasons["duplicate"] == 1);
    BOOST_TEST(reasons["invalid"] == 1);
    BOOST_TEST(reasons["opt-out"] == 1);
    BOOST_TEST(bulk.taken.size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(an_invalid_row_stops_before_anything_is_sent_if_the_job_says_so, sms_world)
{
    write("list.csv", "gsm,ad\n5551112233,Ali\n\n\"5551112234\",\"two\nlines\"\n12,Bozuk\n");
    const auto work = load(job_with("{csv: list.csv, phone: gsm, on_invalid: stop}"));
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(end->failure->message.find("line 6") != std::string::npos, end->failure->message);
    BOOST_TEST(bulk.asked == 0);
}

BOOST_FIXTURE_TEST_CASE(texts_of_their_own_are_sent_one_by_one_and_equal_ones_together, sms_world)
{
    write("list.csv", "ad\tgsm\nAyşe\t5551112233\nAli\t5551112234\nAyşe\t5551112235\n\t5551112236\n");
    const auto work = load(job_with("{csv: list.csv, phone: gsm}", "text: \"Merhaba ${ad}\""));
    BOOST_TEST_REQUIRE((work != nullptr));
    const auto id = create_run();
    resume(*work, id);
    BOOST_TEST_REQUIRE(bulk.taken.size() == 2u);
    BOOST_TEST(bulk.taken[0].text == "Merhaba Ayşe");
    BOOST_TEST(bulk.taken[0].numbers.size() == 2u);
    BOOST_TEST((bulk.taken[0].encoding == providers::sms_encoding::turkish));
    BOOST_TEST(bulk.taken[1].text == "Merhaba Ali");
    BOOST_TEST((bulk.taken[1].encoding == providers::sms_encoding::english));
    BOOST_TEST(counted(id, "skipped") == 1);
}

BOOST_FIXTURE_TEST_CASE(silence_is_ambiguous_and_goes_to_an_operator_and_nobody_is_messaged_twice, sms_world)
{
    const auto work = load(job_with(three));
    bulk.replies = {reply::lose_answer};
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(bulk.taken.size() == 1u);
    BOOST_TEST(counted(id, "ambiguous") == 3);
    BOOST_TEST(attention().size() == 1u);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(on_an_own_account_the_balance_says_whether_it_was_sent, sms_world)
{
    account("bulk").shared = false;
    const auto work = load(job_with(three));
    bulk.replies = {reply::lose_request};
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(bulk.taken.size() == 1u);
    BOOST_TEST(attention().empty());
    bulk.replies = {reply::lose_answer};
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(bulk.taken.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(calls_that_never_left_and_limits_are_waited_out, sms_world)
{
    const auto work = load(job_with(three));
    bulk.replies = {reply::never_dispatch, reply::limit, reply::drop_before};
    bulk.retry_after = 7s;
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(bulk.taken.size() == 1u);
    BOOST_TEST(counted(id, "delivered") == 3);
}

BOOST_FIXTURE_TEST_CASE(a_provider_that_is_away_ends_the_run_with_everything_accounted_for, sms_world)
{
    const auto work = load(job_with(three));
    bulk.replies.assign(50, reply::never_dispatch);
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::connect_failed));
    BOOST_TEST(counted(id, "skipped") == 3);
    BOOST_TEST(bulk.asked == 5);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(an_empty_account_stops_the_rest, sms_world)
{
    write("list.csv", rows(3000));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}"));
    bulk.replies = {reply::accept, reply::refuse};
    bulk.refusal = error(errc::balance, "no credit", reach::answered);
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::balance));
    BOOST_TEST(counted(id, "delivered") == 1000); // its reports are asked for all the same
    BOOST_TEST(counted(id, "rejected") == 1000);
    BOOST_TEST(counted(id, "skipped") == 1000);
    BOOST_TEST(bulk.asked == 2);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_budget_that_does_not_suffice_for_all_sends_to_nobody, sms_world)
{
    const auto work = load("version: 1\nkind: sms.send\naccount: bulk\nbudget: {run: 2 credits}\nrecipients: " + three +
                           "\nmessage: {type: informational, sender: MARKA, text: Merhaba}\n");
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::budget));
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(published.count("budget.hit") == 1u);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(commercial_messages_wait_for_the_window, sms_world)
{
    // It is 09:00 UTC; the window of the job begins at noon.
    const auto work =
        load("version: 1\nkind: sms.send\naccount: bulk\nbudget: {run: 10 credits}\nrecipients: " + three +
             "\nmessage: {type: commercial, sender: MARKA, text: Merhaba}\nwindow: {from: \"12:00\", to: \"13:00\"}\n");
    BOOST_TEST_REQUIRE((work != nullptr));
    const auto day = clock.wall_now();
    BOOST_TEST(work->waiting_reason(day) ==
               "the window is closed: it sends from " + local_time_text(day + 3h, time_zone::utc()));
    BOOST_TEST(work->waiting_reason(day + 3h).empty());
    const auto id = create_run();
    wall_point sent{};
    bulk.on_send = [&] { sent = clock.wall_now(); };
    const auto end = resume(*work, id, 5h, 10s);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(rfc3339(sent).substr(11, 5) == "12:00");
}

BOOST_FIXTURE_TEST_CASE(who_opts_out_while_the_run_is_paced_is_left_alone, sms_world)
{
    write("list.csv", rows(4));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}", "", "chunk: 1\npace: 1 recipients/min\n"));
    const auto id = create_run();
    bulk.on_send = [&] {
        if (bulk.asked != 1)
            return;
        every_tick = [this] {
            ledger::suppress s;
            s.entry.phone = "5551000003";
            ledger::batch changes;
            changes.push_back(s);
            commit(std::move(changes));
            every_tick = [] {};
        };
    };
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(counted(id, "skipped") == 1);
    BOOST_TEST(counted(id, "delivered") == 3);
    BOOST_TEST(counted(id, "segments") == 3);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_rehearsal_goes_first_and_leaves_time_to_cancel, sms_world)
{
    const auto work = load(job_with(three, "", "rehearse: {to: [\"5559998877\"], wait: 5m}\n"));
    const auto id = create_run();
    int beats = 0;
    every_tick = [&] {
        if (++beats == 60)
            cancel_run();
    };
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::cancelled));
    BOOST_TEST_REQUIRE(bulk.taken.size() == 1u);
    BOOST_TEST(bulk.taken[0].numbers.at(0).digits() == "5559998877");
    BOOST_TEST(counted(id, "skipped") == 3);
}

BOOST_FIXTURE_TEST_CASE(reports_are_followed_until_they_are_final_or_the_time_is_over, sms_world)
{
    int asked = 0;
    bulk.reports = [&](const providers::sms_order& o) {
        providers::sms_report r;
        ++asked;
        if (asked >= 2)
            r.entries.push_back(
                {o.numbers.at(0).digits(), providers::sms_report::delivery_state::delivered, "iletildi"});
        if (asked >= 3)
            r.entries.push_back(
                {o.numbers.at(1).digits(), providers::sms_report::delivery_state::undelivered, "kapali"});
        return r;
    };
    const auto work = load(job_with(three, "", "track: {for: 10m}\n"));
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(counted(id, "delivered") == 1);
    BOOST_TEST(counted(id, "undelivered") == 1);
    BOOST_TEST(counted(id, "submitted") == 1);
    BOOST_TEST(asked > 3);
    BOOST_TEST(asked < 12);
    BOOST_TEST(items_of(id).at(1).reason == "kapali");
}

BOOST_AUTO_TEST_CASE(after_a_crash_at_any_commit_nobody_is_messaged_twice)
{
    for (const bool after : {false, true})
        for (int n = 1;; ++n) {
            BOOST_TEST_REQUIRE(n < 60);
            sms_world w;
            w.write("list.csv", rows(5));
            const auto work = w.load(job_with("{csv: list.csv, phone: gsm}", "", "chunk: 2\n"));
            const auto id = w.create_run();
            w.crashing.crash_at = n;
            w.crashing.after = after;
            auto end = w.resume(*work, id);
            const bool died = w.has_crashed;
            if (died) {
                w.crashing.crash_at = 0;
                w.recover();
                end = w.resume(*work, id);
            }
            BOOST_TEST_CONTEXT("commit " << n << (after ? " after" : " before"))
            {
                BOOST_TEST_REQUIRE(end.has_value());
                std::map<std::string, int> messaged;
                for (const auto& o : w.bulk.taken)
                    for (const auto& p : o.numbers)
                        ++messaged[p.digits()];
                for (const auto& [number, times] : messaged)
                    BOOST_TEST(times == 1);
                const auto unsure = w.counted(id, "ambiguous");
                BOOST_TEST(w.counted(id, "delivered") + unsure == 5);
                BOOST_TEST((end->state == (unsure > 0 ? run_state::attention : run_state::succeeded)));
                w.check_sum(id);
            }
            if (!died)
                break;
        }
}

BOOST_FIXTURE_TEST_CASE(a_plan_counts_by_reason_and_sends_nothing, sms_world)
{
    write("list.csv", rows(3) + "Ali;05551000001\nBozuk;1\n");
    const auto work = load(job_with("{csv: list.csv, phone: gsm}"));
    const auto id = create_run();
    ledger::recorder record(crashing, published, clock);
    kinds::run_environment around{io.get_executor(), clock, record, accounts, time_zone::utc(), folder};
    kinds::run_context c(around, run_of(id), file.limits, file.notify, params);
    const auto plan = run(work->plan(c)).value();
    const auto& recipients = plan.at("recipients").as_object();
    BOOST_TEST(recipients.at("total").as_int64() == 5);
    BOOST_TEST(recipients.at("to_send").as_int64() == 3);
    BOOST_TEST(recipients.at("duplicate").as_int64() == 1);
    BOOST_TEST(recipients.at("invalid").as_int64() == 1);
    BOOST_TEST(plan.at("segments").as_int64() == 3);
    BOOST_TEST(plan.at("cost").as_object().at("amount").as_string() == "3");
    BOOST_TEST(plan.at("digest").as_string().size() == 64u);
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(items_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(the_loader_reports_what_cannot_work, sms_world)
{
    write("list.csv", "ad,gsm\nAli,5551112233\n");
    std::ofstream(folder + "/utf16.csv", std::ios::binary) << "\xFF\xFEg\0s\0m\0";
    has_balance("other");
    struct row {
        std::string yaml, code;
    };
    std::string wrong_account = job_with(three);
    wrong_account.replace(wrong_account.find("account: bulk"), 13, "account: other");
    for (const row& r : std::vector<row>{
             {wrong_account, "U0402"},
             {job_with(three, "encoding: en, text: \"Şifre\""), "U0409"},
             {job_with(three, "text: \"Bedel 5₺\""), "U0409"},
             {job_with(three, "max_segments: 1, text: \"" + std::string(400, 'a') + "\""), "U0410"},
             {job_with("{csv: ../../etc/passwd, phone: gsm}"), "U0411"},
             {job_with("{csv: list.csv, phone: tel}"), "U0412"},
             {job_with("{csv: utf16.csv, phone: gsm}"), "U0412"},
             {job_with("{csv: list.csv, list: [\"5551112233\"]}"), "U0413"},
             {job_with("{csv: list.csv, phone: gsm, exclude: [everybody]}"), "U0414"},
             {job_with("{csv: list.csv, phone: gsm}", "text: \"Merhaba ${soyad}\""), "U0407"},
             {job_with("{list: [\"123\"]}"), "U0418"},
             {job_with(three, "", "window: {from: \"25:00\", to: \"26:00\"}\n"), "U0415"},
             {job_with(three, "", "chunk: 1001\n"), "U0416"},
             {job_with(three, "validity: 90m, text: a"), "U0417"},
         }) {
        BOOST_TEST_CONTEXT(r.yaml)
        {
            BOOST_TEST((load(r.yaml) == nullptr));
            BOOST_TEST(reported(r.code));
        }
    }
    BOOST_TEST((load(job_with("{csv: later.csv, phone: gsm}")) != nullptr));
    BOOST_TEST(reported("U0422"));
}

BOOST_AUTO_TEST_SUITE_END()
