#include "kinds.hpp"
#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(bad_jobs_)

namespace {

using strings = std::vector<std::string>;

const std::string watch = "version: 1\nkind: balance.watch\nwatch: [a]\n";                              // 3 lines
const std::string send = "version: 1\nkind: sms.send\naccount: a\nmessage: hi\nbudget: {run: 5 TRY}\n"; // 5 lines

struct bad_job {
    std::string head, lines;
    strings found; ///< with "warning" behind the code, if it is one
};

const std::vector<bad_job> jobs{
    // the head
    {"", "", {"1:1 U0107"}},
    {"", "- a", {"1:1 U0204"}},
    {"", "version: 1", {"1:1 U0203"}},
    {"", "version: 1\nfoo: bar", {"1:1 U0203"}},
    {"", "kind: balance.watch\nwatch: [a]", {"1:1 U0203"}},
    {"", "version: 2\nkind: balance.watch\nwatch: [a]", {"1:10 U0301"}},
    {"", "version: one\nkind: balance.watch\nwatch: [a]", {"1:10 U0204"}},
    {"", "version: 1\nkind: sms.sned\nany: thing", {"2:7 U0302"}},
    {"", "version: 1\nkind: [a]", {"2:7 U0204"}},
    {"", "version: 1\nkind:", {"2:1 U0205"}},
    {"",
     "version: 3\nkind: nope\nenabled: yes\nschedule: {every: 1h, at: x}",
     {"1:10 U0301", "2:7 U0302", "3:10 U0204", "4:27 U0303", "4:27 U0308"}},
    {watch, "wach: [b]", {"4:1 U0201"}},
    {watch, "account: a", {"4:1 U0201"}},
    {watch, "enabled: maybe", {"4:10 U0204"}},
    {watch, "concurrency: 0", {"4:14 U0206"}},
    {watch, "concurrency: 101", {"4:14 U0206"}},
    // schedules
    {watch, "schedule: {}", {"4:11 U0303"}},
    {watch, "schedule: {missed: skip}", {"4:11 U0303"}},
    {watch, "schedule: daily", {"4:11 U0204"}},
    {watch, "schedule:", {"4:1 U0205"}},
    {watch, "schedule: {cron: \"0 9 * * *\", every: 1h}", {"4:38 U0303"}},
    {watch, "schedule:\n  at: 2026-12-01 09:00\n  every: 1h\n  cron: 0 9 * * *", {"5:7 U0303", "6:10 U0303"}},
    {watch, "schedule: {cron: 0 25 * * *}", {"4:18 U0304"}},
    {watch, "schedule: {cron: [a]}", {"4:18 U0204"}},
    {watch, "schedule: {cron: \"@often\"}", {"4:18 U0304"}},
    {watch, "schedule: {cron: 0 0 30 2 *}", {"4:18 U0306"}},
    {watch, "schedule: {cron: \"*/45 * * * *\"}", {"4:18 U0305 warning"}},
    {watch, "schedule: {every: 1h, time_zone: Europe/Istnbul}", {"4:34 U0307"}},
    {watch, "schedule: {every: 1h, time_zone: Europe/Berlin}", {"4:34 U0310 warning"}},
    {watch, "schedule: {every: 10ms}", {"4:19 U0206"}},
    {watch, "schedule: {every: 0s}", {"4:19 U0206"}},
    {watch, "schedule: {every: 5}", {"4:19 U0204"}},
    {watch, "schedule: {at: tomorrow}", {"4:16 U0308"}},
    {watch, "schedule: {at: 2026-02-30 09:00}", {"4:16 U0308"}},
    {watch, "schedule: {at: 2026-12-01 24:00}", {"4:16 U0308"}},
    {watch, "schedule: {at: 2026-12-01}", {"4:16 U0308"}},
    {watch, "schedule: {at: 2026-03-29 02:30, time_zone: Europe/Berlin}", {"4:16 U0309 warning"}},
    {watch, "schedule: {at: 2026-10-25 02:30, time_zone: Europe/Berlin}", {"4:16 U0309 warning"}},
    {watch, "schedule: {at: \"2026-10-25T02:30:00+01:00\", time_zone: Europe/Berlin}", {}},
    {watch, "schedule: {every: 5m, jitter: 5m}", {"4:31 U0311"}},
    {watch, "schedule: {every: 5m, jitter: 299s}", {}},
    {watch, "schedule: {cron: \"0 9,10 * * *\", jitter: 1h}", {"4:42 U0311"}},
    {watch, "schedule: {cron: 0 9 * * *, jitter: 23h}", {}},
    {watch, "schedule: {every: 5m, missed: never}", {"4:31 U0207"}},
    {watch, "schedule: {every: 5m, overlap: wait}", {"4:32 U0207"}},
    {watch, "schedule: {every: 5m, max_late: soon}", {"4:33 U0204"}},
    {watch, "schedule: {every: 5m, misssed: skip}", {"4:23 U0201"}},
    // parameters
    {watch, "params: {a: {type: text}}", {"4:20 U0207"}},
    {watch, "params: {a-b: {}}", {"4:15 U0312"}},
    {watch, "params: {1a: {}}", {"4:14 U0312"}},
    {watch, "params: {a: }", {"4:10 U0205"}},
    {watch, "params: {a: {min: 5, max: 4}}", {"4:27 U0313"}},
    {watch, "params: {a: {type: url, max: 4}}", {"4:30 U0313"}},
    {watch, "params: {a: {min: -1}}", {"4:19 U0313"}},
    {watch, "params: {a: {type: integer, default: x}}", {"4:38 U0314"}},
    {watch, "params: {a: {type: integer, default: 5, max: 4}}", {"4:38 U0314"}},
    {watch, "params: {a: {type: phone, default: 123}}", {"4:36 U0314"}},
    {watch, "params: {a: {type: url, default: ftp://x}}", {"4:34 U0314"}},
    {watch, "params: {a: {default: x, required: true}}", {"4:23 U0310 warning"}},
    // budget
    {"", "version: 1\nkind: sms.send\naccount: a\nmessage: hi", {"1:1 U0203"}},
    {"", "version: 1\nkind: sms.send\naccount: a\nmessage: hi\nbudget: {}", {"5:9 U0316"}},
    {"", "version: 1\nkind: sms.send\naccount: a\nmessage: hi\nbudget: {run: 5}", {"5:15 U0204"}},
    {"",
     "version: 1\nkind: sms.send\naccount: a\nmessage: hi\nbudget: {run: 6 TRY, day: 5 TRY}",
     {"5:15 U0317 warning"}},
    {"", "version: 1\nkind: sms.send\naccount: a\nmessage: hi\nbudget: {run: 6 USD, day: 5 TRY}", {}},
    // notify
    {watch, "notify: [{when: [failed], to: opps}]", {"4:31 U0315"}},
    {watch, "notify: [{when: [faild], to: ops}]", {"4:18 U0207"}},
    {watch, "notify: [{when: [firing, failed], to: ops}]", {}},
    {send, "notify: [{when: [firing], to: ops}]", {"6:18 U0207"}},
    {watch, "notify: [{when: [], to: ops}]", {"4:17 U0206"}},
    {watch, "notify: {when: [failed], to: ops}", {"4:9 U0204"}},
    // templates, wherever the table has them
    {"",
     "version: 1\nkind: sms.send\naccount: ${a\nmessage: {text: \"hi ${name\"}\nbudget: {run: 5 TRY}",
     {"4:21 U0318"}},
    {"", "version: 1\nkind: sms.send\naccount: a\nmessage: ${|}\nbudget: {run: 5 TRY}", {"4:12 U0318"}},
    {send, "list: [a, \"${b|uper}\"]\nextra: {x: \"${\"}", {"6:16 U0318", "7:15 U0318"}},
    // each mistake of one text where it stands: in a plain text, quotes, a folded text, a block behind a comment
    {send, "list: [\"ğ ${a|uper} ${b} ${} ${c\"]", {"6:15 U0318", "6:28 U0318", "6:30 U0318"}},
    {send, "extra:\n  x: ${a|cut} and ${b|trim(1)}", {"7:13 U0318", "7:27 U0318"}},
    {send, "extra:\n  x: '${a|cut} it''s\n\n    ${b|low}'", {"7:14 U0318", "9:9 U0318"}},
    {send, "extra:\n  x: | # for $5 ${\n    ${a|x}\n    $${} ${b|}", {"8:9 U0318", "9:14 U0318"}},
    // an escape leaves only the reference, or only the value, to point at
    {send, "list: [\"${a|default(\\\"x\\\")|uper} ${b|uper}\"]", {"6:9 U0318", "6:38 U0318"}},
    {send, "list: [\"\\x24{a|uper}\"]", {"6:8 U0318"}},
};

} // namespace

BOOST_AUTO_TEST_CASE(each_mistake_is_reported_once_at_its_place)
{
    for (const auto& j : jobs)
        BOOST_TEST_CONTEXT(j.head << j.lines)
        {
            yaml::problems found;
            auto doc = decoded(j.head + j.lines + "\n", found);
            BOOST_TEST(shown(found) == j.found, boost::test_tools::per_element());
            BOOST_TEST(doc.has_value() == !yaml::has_errors(found));
        }
}

BOOST_AUTO_TEST_CASE(names_come_with_their_neighbours)
{
    auto hint = [](const std::string& text) {
        yaml::problems found;
        decoded(text, found);
        BOOST_REQUIRE(found.size() == 1u);
        return found[0].hint;
    };
    BOOST_TEST(hint("version: 1\nkind: sms.sned\n") == "did you mean `sms.send`? Kinds: sms.send, balance.watch");
    BOOST_TEST(hint(watch + "notify: [{when: [failed], to: opps}]\n") == "did you mean `ops`? Channels: ops, phone");
    BOOST_TEST(hint(watch + "notify: [{when: [faild], to: ops}]\n") ==
               "did you mean `failed`? Allowed: started, done, failed, attention, missed, firing, cleared");
}

BOOST_AUTO_TEST_CASE(a_file_whose_name_cannot_be_a_job_is_refused)
{
    for (auto name : {"jobs.d/a b.yaml", "jobs.d/ş.yaml", "jobs.d/.yaml", "jobs.d/-x.yaml", "jobs.d/.x.yaml"}) {
        yaml::problems found;
        BOOST_TEST(!decoded(watch, found, name).has_value());
        BOOST_TEST(shown(found) == strings{"0:0 U0319"}, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(problems_of_other_files_do_not_spoil_a_good_one)
{
    yaml::problems found;
    decoded("version: 1\n", found, "jobs.d/a.yaml");
    BOOST_TEST(decoded(watch, found, "jobs.d/b.yaml").has_value());
    BOOST_TEST(found.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
