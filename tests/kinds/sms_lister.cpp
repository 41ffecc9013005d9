#include "kinds/sms_send/lister.hpp"
#include "kinds/sms_stage_world.hpp"

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_lister_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using names = std::vector<std::string>;

struct lister_world : sms_stage_world {
    lister_world()
    {
        progress->common_text.reset();
        settings.recipients.phone_column = "gsm";
    }
    void numbers(const std::vector<std::string>& all)
    {
        for (const auto& n : all)
            settings.recipients.numbers.push_back(job::text_template::parse(n).value());
    }
    void csv(const std::string& text)
    {
        write("list.csv", text);
        settings.recipients.csv = folder + "/list.csv";
    }
    std::string list() { return list_in(context, progress); }
    std::string list_in(kinds::run_context& c, sms::stored_progress& p)
    {
        sms::lister lister(c, settings, bulk_account(), p);
        const auto result = in_time(lister.list());
        return outcome_text(result, *p);
    }
    names reasons()
    {
        names all;
        for (const auto& i : items_of(id))
            all.push_back(i.reason);
        return all;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(every_recipient_becomes_an_item_in_the_order_of_the_list, lister_world)
{
    numbers({"5551000000", "0555 100 00 01", "123", "5551000000", "+905551000003"});
    BOOST_TEST(list() == "go on");
    BOOST_TEST(states() == names({"pending", "pending", "skipped", "skipped", "pending"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons() == names({"", "", "invalid", "duplicate", ""}), boost::test_tools::per_element());
    BOOST_TEST(items_of(id).at(1).phone == number_of(1));
    BOOST_TEST((progress->stage == sms::run_stage::sending));
    BOOST_TEST(progress->listed == 5);
    BOOST_TEST(progress->common_text->text == "Merhaba");
    BOOST_TEST(progress.counts().segments == 3);
    BOOST_TEST(stored("stage") == "\"sending\"");
    BOOST_TEST(stored("listed") == "5");
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_list_of_many_blocks_is_stored_completely, lister_world)
{
    csv(rows(2500));
    BOOST_TEST(list() == "go on");
    BOOST_TEST(items_of(id).size() == 2500u);
    BOOST_TEST(progress.count(item_state::pending) == 2500);
}

BOOST_FIXTURE_TEST_CASE(numbers_that_opted_out_or_were_messaged_lately_are_skipped, lister_world)
{
    opt_out(1);
    const auto earlier = id;
    add_items({item_at(2)});
    commit({moved(earlier, {2}, item_state::pending, item_state::submitting)});
    commit({moved(earlier, {2}, item_state::submitting, item_state::submitted)});
    pass(1h);
    id = create_run();
    settings.recipients.sent_within = 2h;
    numbers({number_of(0), number_of(1), number_of(2)});
    kinds::run_context later = context_with(budget);
    sms::stored_progress fresh(later, sms::progress());
    BOOST_TEST(list_in(later, fresh) == "go on");
    BOOST_TEST(reasons().at(0) == "");
    BOOST_TEST(reasons().at(1) == "opt-out");
}

BOOST_FIXTURE_TEST_CASE(an_unusable_row_ends_the_run_if_the_job_says_so, lister_world)
{
    csv("gsm\n5551112233\n12\n");
    settings.recipients.stop_on_invalid = true;
    BOOST_TEST(list() == "early: validation");
    BOOST_TEST(progress->stop_reason->message.find("line 3") != std::string::npos, progress->stop_reason->message);
    BOOST_TEST(progress.count(item_state::pending) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_source_that_cannot_be_opened_fails_the_run, lister_world)
{
    settings.recipients.csv = folder + "/none.csv";
    BOOST_TEST(list() == "leaves: failed");
    csv("ad\nAli\n"); // no column gsm
    BOOST_TEST(list() == "leaves: failed");
    BOOST_TEST(items_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(a_restart_continues_behind_what_is_stored, lister_world)
{
    csv(rows(2500));
    progress->listed = 1000;
    std::vector<ledger::item_record> first;
    for (std::int64_t i = 0; i < 1000; ++i)
        first.push_back(item_at(i));
    add_items(std::move(first));
    BOOST_TEST(list() == "go on");
    BOOST_TEST(items_of(id).size() == 2500u);
    BOOST_TEST(progress.count(item_state::pending) == 2500);
    BOOST_TEST(progress->listed == 2500);
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_skips_what_is_stored, lister_world)
{
    csv(rows(5));
    add_pending(0);
    context.request_cancel();
    BOOST_TEST(list() == "early: cancelled");
    BOOST_TEST(progress.count(item_state::pending) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_stop_of_the_daemon_interrupts_the_listing, lister_world)
{
    csv(rows(5));
    context.request_stop();
    BOOST_TEST(list() == "interrupted");
    BOOST_TEST((progress->stage == sms::run_stage::listing));
}

BOOST_FIXTURE_TEST_CASE(a_budget_has_to_cover_all_recipients, lister_world)
{
    numbers({number_of(0), number_of(1), number_of(2)});
    struct sample {
        int budget;
        const char* outcome;
    };
    for (const sample& s : {sample{2, "early: budget"}, sample{3, "go on"}, sample{4, "go on"}}) {
        id = create_run();
        job::budget limits;
        limits.run = money(decimal::from_integer(s.budget), "credits");
        kinds::run_context c = context_with(limits);
        sms::stored_progress p(c, sms::progress());
        BOOST_TEST(list_in(c, p) == s.outcome, s.budget);
        const bool covered = std::string(s.outcome) == "go on";
        BOOST_TEST(p.count(covered ? item_state::pending : item_state::skipped) == 3);
    }
    BOOST_TEST(published.count("budget.hit") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
