#include "kinds/sms_send/progress.hpp"
#include "kinds/sms_stage_world.hpp"

#include <boost/json/serialize.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(sms_progress_)

namespace {

using namespace ulak;
using namespace ulak::tests;

sms::progress round_trip(const sms::progress& p)
{
    return sms::progress_from(json::serialize(sms::to_json(p))).value();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_run_that_has_not_begun_lists)
{
    for (const char* text : {"", "{}"}) {
        const auto p = sms::progress_from(text).value();
        BOOST_TEST((p.stage == sms::run_stage::listing));
        BOOST_TEST(p.listed == 0);
        BOOST_TEST(!p.stop_reason.has_value());
    }
    BOOST_TEST((sms::progress_from("[1]").error().code == errc::contract));
}

BOOST_AUTO_TEST_CASE(the_stored_keys_are_those_of_the_contract)
{
    sms::progress p;
    p.stage = sms::run_stage::tracking;
    p.listed = 12;
    p.last_chunk = 3;
    p.rehearsed = true;
    p.wait_until = from_unix_ms(1000);
    p.track_until = from_unix_ms(2000);
    p.balance_before.emplace();
    p.balance_before->amount = money(decimal::from_integer(8), "credits");
    p.balance_before->at = from_unix_ms(3000);
    p.stop_reason.emplace(errc::balance, "no credit");
    p.common_text = measured("Şifre");
    BOOST_TEST(json::serialize(sms::to_json(p)) ==
               "{\"stage\":\"tracking\",\"listed\":12,\"chunk\":3,\"rehearsed\":true,\"wait_until\":1000,"
               "\"track_until\":2000,\"before\":\"8 credits\",\"before_at\":3000,"
               "\"common\":{\"text\":\"Şifre\",\"turkish\":true,\"segments\":1},"
               "\"stop\":{\"code\":\"balance\",\"message\":\"no credit\"}}");
}

BOOST_AUTO_TEST_CASE(every_stage_and_every_reason_to_stop_survives_a_restart)
{
    for (const auto stage : {sms::run_stage::listing, sms::run_stage::sending, sms::run_stage::tracking}) {
        sms::progress p;
        p.stage = stage;
        BOOST_TEST((round_trip(p).stage == stage));
    }
    for (int i = 0; i <= static_cast<int>(errc::ambiguous); ++i) {
        sms::progress p;
        p.stop_reason.emplace(static_cast<errc>(i), "why");
        BOOST_TEST((round_trip(p).stop_reason->code == static_cast<errc>(i)), name(static_cast<errc>(i)));
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_reason_is_a_broken_contract)
{
    const auto p = sms::progress_from(R"({"stop":{"code":"of_a_later_version","message":"why"}})").value();
    BOOST_TEST((p.stop_reason->code == errc::contract));
    BOOST_TEST(p.stop_reason->message == "why");
}

BOOST_FIXTURE_TEST_CASE(counts_and_progress_are_saved_together, sms_stage_world)
{
    using ledger::item_state;
    add_items({item_at(0), item_at(1), item_at(2, item_state::skipped)});
    BOOST_TEST(progress.counts().segments == 2); // the skipped one costs nothing
    progress->last_chunk = 7;
    progress.move_count(item_state::pending, item_state::submitting, 1);
    BOOST_TEST(run(progress.save()).has_value());
    BOOST_TEST(stored("chunk") == "7");
    BOOST_TEST(counted(id, "pending") == 2); // submitting counts as pending for whoever looks at the run
    BOOST_TEST(progress.count(item_state::submitting) == 1);
    BOOST_TEST(run(progress.reload_counts()).has_value());
    BOOST_TEST(progress.count(item_state::submitting) == 0, "the store has the last word");
    BOOST_TEST(progress.count(item_state::pending) == 2);
}

BOOST_FIXTURE_TEST_CASE(saving_waits_for_a_disk_that_refuses, sms_stage_world)
{
    crashing.refuse = 3;
    progress->listed = 5;
    const auto begun = clock.wall_now();
    const auto saved = in_time(progress.save());
    BOOST_TEST(saved.has_value());
    BOOST_TEST((clock.wall_now() - begun) / 1s >= 3);
    BOOST_TEST(stored("listed") == "5");
}

BOOST_FIXTURE_TEST_CASE(updates_for_other_commits_change_nothing_in_memory, sms_stage_world)
{
    using ledger::item_state;
    add_pending(3);
    const auto update = progress.counts_update(item_state::pending, item_state::submitted, 2);
    BOOST_TEST_REQUIRE(update.counts.has_value());
    BOOST_TEST(json::parse(*update.counts).as_object().at("submitted").to_number<int>() == 2);
    BOOST_TEST(progress.count(item_state::pending) == 3);
    BOOST_TEST(!update.progress.has_value());
    BOOST_TEST(!progress.progress_update().counts.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
