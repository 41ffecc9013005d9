#include "kinds.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(document_)

namespace {

using namespace std::chrono_literals;

const std::string full = R"(version: 1
kind: sms.send
description: the weekly news
enabled: false
params:
  who: {required: true, max: 20}
  count: {type: integer, default: 5, min: 1, max: 9}
schedule: {cron: "0 9 * * mon", jitter: 30s, missed: run-all, max_late: 2h, overlap: cancel-previous}
budget: {run: 50 credits, day: 200 credits}
concurrency: 2
notify:
  - {when: [failed, attention], to: ops}
account: bulk
message: {text: "Merhaba ${who}", chunk: 10}
)";

} // namespace

BOOST_AUTO_TEST_CASE(a_whole_job_is_read)
{
    yaml::problems found;
    auto doc = decoded(full, found, "/etc/ulak/jobs.d/weekly.yaml");
    BOOST_REQUIRE(doc.has_value());
    BOOST_TEST(!yaml::has_errors(found));
    BOOST_TEST(found.size() == 1u, "nothing uses `count`");
    BOOST_TEST(doc->name == "weekly");
    BOOST_TEST(doc->file == "/etc/ulak/jobs.d/weekly.yaml");
    BOOST_TEST(doc->kind == "sms.send");
    BOOST_TEST(doc->description == "the weekly news");
    BOOST_TEST(!doc->enabled);
    BOOST_TEST(doc->concurrency == 2);
    BOOST_TEST(doc->limits.run->text() == "50 credits");
    BOOST_TEST(doc->limits.day->text() == "200 credits");
    BOOST_TEST(doc->notify.at(0).channel == "ops");
    BOOST_TEST(doc->notify.at(0).when.size() == 2u);
    BOOST_TEST(doc->source == full);
    BOOST_TEST(doc->kind_keys->text("account") == "bulk");
    BOOST_TEST(doc->kind_keys->record("message").integer("chunk") == 10);
}

BOOST_AUTO_TEST_CASE(its_schedule_is_read)
{
    yaml::problems found;
    auto s = decoded(full, found)->when.value();
    BOOST_TEST(s.by_cron->text() == "0 9 * * mon");
    BOOST_TEST(s.zone.name() == "Europe/Istanbul");
    BOOST_TEST((s.jitter == 30s));
    BOOST_TEST((s.missed == missed_policy::run_all));
    BOOST_TEST((s.max_late == 2h));
    BOOST_TEST((s.overlap == overlap_policy::cancel_previous));
}

BOOST_AUTO_TEST_CASE(its_parameters_are_read)
{
    yaml::problems found;
    auto all = decoded(full, found)->parameters;
    BOOST_REQUIRE(all.size() == 2u);
    BOOST_TEST(all[0].name == "who");
    BOOST_TEST(all[0].required);
    BOOST_TEST(all[0].most.value() == 20);
    BOOST_TEST((all[1].value_type == parameter::type::integer));
    BOOST_TEST(all[1].default_value.value() == "5");
}

BOOST_AUTO_TEST_CASE(what_is_left_out_has_the_usual_value)
{
    yaml::problems found;
    auto doc = decoded("version: 1\nkind: balance.watch\nwatch: [a]\n", found).value();
    BOOST_TEST(doc.enabled);
    BOOST_TEST(doc.concurrency == 1);
    BOOST_TEST(!doc.when.has_value());
    BOOST_TEST(!doc.limits.run.has_value());
    BOOST_TEST(doc.notify.empty());
    auto s = decoded("version: 1\nkind: balance.watch\nwatch: [a]\nschedule: {every: 1h}\n", found)->when.value();
    BOOST_TEST((s.missed == missed_policy::run_once));
    BOOST_TEST((s.overlap == overlap_policy::skip));
    BOOST_TEST(!s.max_late.has_value());
}

BOOST_AUTO_TEST_CASE(a_date_is_read_in_the_schedules_zone)
{
    yaml::problems found;
    auto when = [&](const std::string& line) {
        auto doc = decoded("version: 1\nkind: balance.watch\nwatch: [a]\nschedule: {" + line + "}\n", found);
        return rfc3339(doc.value().when.value().at.value());
    };
    BOOST_TEST(when("at: 2026-12-01 09:00") == "2026-12-01T06:00:00.000Z");
    BOOST_TEST(when("at: 2026-12-01 09:00:30") == "2026-12-01T06:00:30.000Z");
    BOOST_TEST(when("at: 2026-12-01T09:00, time_zone: Europe/Berlin") == "2026-12-01T08:00:00.000Z");
    BOOST_TEST(when("at: \"2026-12-01T09:00:00+01:00\"") == "2026-12-01T08:00:00.000Z");
    BOOST_TEST(when("at: \"2026-12-01T09:00:00Z\"") == "2026-12-01T09:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(the_digest_follows_the_text_and_a_stored_text_gives_the_same)
{
    yaml::problems found;
    auto one = decoded("\xEF\xBB\xBF" + full, found).value();
    BOOST_TEST(one.digest.size() == 64u);
    BOOST_TEST(decoded(one.source, found)->digest == one.digest);
    BOOST_TEST(decoded(full + "# more\n", found)->digest != one.digest);
}

BOOST_AUTO_TEST_CASE(both_endings_of_yaml_files_are_left_out_of_the_name)
{
    yaml::problems found;
    BOOST_TEST(decoded(full, found, "a.b-c_1.yml")->name == "a.b-c_1");
    BOOST_TEST(decoded(full, found, "x/y.yaml")->name == "y");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
