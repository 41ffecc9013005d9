// When jobs fire, case by case: tests/job/field/*.jsonl. Most hold in public suites of cron; where those differ, our contract
// decides.
#include "job/decide.hpp"
#include "job/detail/instant.hpp"

#include "core/rfc3339.hpp"
#include "core/time_zone.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(field_schedule_)

namespace {

namespace json = boost::json;
using strings = std::vector<std::string>;

std::vector<json::object> lines_of(const std::string& name)
{
    std::ifstream in(ULAK_SOURCE_DIR "/tests/job/field/" + name + ".jsonl");
    std::vector<json::object> all;
    for (std::string line; std::getline(in, line);)
        all.push_back(json::parse(line).as_object());
    return all;
}

std::string text(const json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

wall_point moment(const std::string& t)
{
    return parse_rfc3339(t).value();
}

strings moments(const json::value& list)
{
    strings all;
    for (const auto& one : list.as_array())
        all.push_back(rfc3339(moment(std::string(one.as_string()))));
    return all;
}

void judge_text(const json::object& c, const std::string& said)
{
    const auto* must = c.if_contains("must");
    for (std::size_t i = 0; must && i < must->as_array().size(); ++i)
        BOOST_TEST(std::regex_search(said, std::regex(std::string(must->as_array()[i].as_string()), std::regex::icase)),
                   said);
    if (const auto* never = c.if_contains("must_not"))
        for (const auto& pattern : never->as_array())
            BOOST_TEST(!std::regex_search(said, std::regex(std::string(pattern.as_string()), std::regex::icase)), said);
}

schedule schedule_of(const json::object& said, const std::string& zone)
{
    schedule s;
    s.zone = zone.empty() ? time_zone::utc() : time_zone::find(zone).value();
    if (said.contains("cron"))
        s.by_cron = cron::parse(text(said, "cron")).value();
    if (said.contains("every"))
        s.every = parse_duration(text(said, "every")).value();
    if (said.contains("at"))
        s.at = parse_instant(text(said, "at"), s.zone).value().at;
    const auto missed = text(said, "missed");
    s.missed = missed == "skip"       ? missed_policy::skip
               : missed == "run-all" ? missed_policy::run_all
                                     : missed_policy::run_once;
    if (said.contains("max_late"))
        s.max_late = parse_duration(text(said, "max_late")).value();
    return s;
}

/// The set of moments of an expression in a year that has every day.
strings first_firings(const std::string& expression)
{
    const auto c = cron::parse(expression);
    if (!c)
        return {"refused: " + c.error().message};
    strings all;
    auto f = c->next(moment("2028-01-01T00:00:00Z"), time_zone::utc());
    for (int i = 0; f && i < 400; ++i, f = c->next(f->at, time_zone::utc()))
        all.push_back(rfc3339(f->at));
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(cron_expressions_fire_as_written)
{
    const auto all = lines_of("cron");
    BOOST_TEST(all.size() == 524u);
    for (const auto& c : all)
        BOOST_TEST_CONTEXT(text(c, "id"))
        {
            const auto s = schedule_of(c, text(c, "zone"));
            strings found;
            auto mark = moment(text(c, "from"));
            const auto wanted = moments(c.at("firings"));
            while (found.size() < wanted.size()) {
                const auto next = s.next(mark);
                if (!next)
                    break;
                found.push_back(rfc3339(next->at));
                mark = next->at;
            }
            BOOST_TEST(found == wanted, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(intervals_and_dates_fire_as_written)
{
    for (const auto& c : lines_of("every_at"))
        BOOST_TEST_CONTEXT(text(c, "id"))
        {
            if (c.contains("error")) {
                const auto point = parse_instant(text(c, "at"), time_zone::find(text(c, "zone")).value());
                BOOST_TEST(!point.has_value());
                continue;
            }
            const auto s = schedule_of(c, text(c, "zone"));
            const auto from = moment(text(c, "from"));
            auto mark = text(c, "mark").empty() ? from : moment(text(c, "mark"));
            strings found;
            const auto wanted = moments(c.at("firings"));
            for (auto next = s.next(mark); next && found.size() < wanted.size(); next = s.next(next->at))
                if (next->at >= from)
                    found.push_back(rfc3339(next->at));
            BOOST_TEST(found == wanted, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(what_was_missed_is_decided_as_written)
{
    for (const auto& c : lines_of("missed"))
        BOOST_TEST_CONTEXT(text(c, "id"))
        {
            const auto s = schedule_of(c.at("schedule").as_object(), text(c, "zone"));
            strings run, dropped;
            for (const auto& f : decide(s, moment(text(c, "mark")), moment(text(c, "now"))).firings)
                (f.decided == due_firing::disposition::run ? run : dropped).push_back(rfc3339(f.at));
            BOOST_TEST(run == moments(c.at("run")), boost::test_tools::per_element());
            BOOST_TEST(dropped == moments(c.at("dropped")), boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_explained_and_an_offer_means_what_was_written)
{
    for (const auto& c : lines_of("refused"))
        BOOST_TEST_CONTEXT(text(c, "id"))
        {
            const auto parsed = cron::parse(text(c, "cron"));
            if (text(c, "class") == "U0306") {
                BOOST_TEST(!parsed->next(moment("2028-01-01T00:00:00Z"), time_zone::utc()).has_value());
                continue;
            }
            BOOST_REQUIRE(parsed.has_error());
            const auto& said = parsed.error().message;
            judge_text(c, said);
            const auto offer = said.find("; write ") == said.npos && said.find("backwards") == said.npos
                                   ? std::string()
                                   : said.substr(said.rfind("write ") + 6);
            if (!c.contains("means") || offer.empty())
                continue;
            // The offer stands for the one field that was refused.
            std::string whole;
            const auto part = said.substr(said.find('"') + 1, said.find('"', said.find('"') + 1) - said.find('"') - 1);
            whole = text(c, "cron");
            whole.replace(whole.find(part), part.size(), offer);
            BOOST_TEST(first_firings(whole) == first_firings(text(c, "means")), whole);
        }
}

BOOST_AUTO_TEST_CASE(every_offer_is_accepted_and_means_the_range_that_goes_round)
{
    const struct {
        const char *before, *after;
        int least, length;
    } fields[] = {{"", " * * * *", 0, 60}, {"0 ", " * * *", 0, 24}, {"0 0 ", " * *", 1, 31}, {"0 0 1 ", " *", 1, 12}, {"0 0 * * ", "", 0, 7}};
    for (const auto& f : fields)
        for (int first = f.least + 1; first < f.least + f.length; first += 3)
            for (int last = f.least; last < first; last += 2)
                for (int step : {1, 2, 3}) {
                    if (f.length == 7 && last == 0)
                        continue; // sunday ends the week, too
                    const auto written = std::to_string(first) + "-" + std::to_string(last) + "/" + std::to_string(step);
                    const auto parsed = cron::parse(f.before + written + f.after);
                    BOOST_REQUIRE(parsed.has_error());
                    const auto offer = parsed.error().message.substr(parsed.error().message.rfind("write ") + 6);
                    std::string list;
                    for (int v = first; v <= last + f.length; v += step)
                        list += (list.empty() ? "" : ",") + std::to_string((v - f.least) % f.length + f.least);
                    BOOST_TEST(first_firings(f.before + offer + f.after) == first_firings(f.before + list + f.after),
                               written << " was told as " << offer);
                }
}

BOOST_AUTO_TEST_CASE(a_zone_that_does_not_exist_is_answered_with_one_that_shows_the_same_time)
{
    for (const auto& c : lines_of("zones"))
        BOOST_TEST_CONTEXT(text(c, "id"))
        {
            const auto zone = time_zone::find(text(c, "time_zone"));
            BOOST_TEST(zone.has_value() == c.at("ok").as_bool());
            if (!zone)
                judge_text(c, zone.error().message);
        }
    for (const char* written : {"Europe/Ankara", "Ankara", "GMT+03", "UTC+3", "+0300"})
        BOOST_TEST(time_zone::find(written).error().message.find("Europe/Istanbul") != std::string::npos,
                   time_zone::find(written).error().message);
    BOOST_TEST(time_zone::find("Europe/Ankara").error().message.find("Andorra") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
