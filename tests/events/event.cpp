#include "events/event.hpp"

#include "events/detail/fields.hpp"
#include "sample_event.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

BOOST_AUTO_TEST_SUITE(event_)

using namespace ulak;
using namespace ulak::events;

BOOST_AUTO_TEST_CASE(an_event_as_json_keeps_its_own_fields_from_passing_for_its_identity)
{
    auto e = sample_event();
    e.data["level"] = "debug";
    e.data["account"] = "forged";
    BOOST_TEST(boost::json::serialize(to_json(e)) ==
               R"({"seq":7,"time":"2026-11-22T12:00:01.456Z","level":"warning","event":"run.started",)"
               R"("message":"first line","job":"otp-watch","run":"01J","price":"4.00","try-no":2})");
}

BOOST_AUTO_TEST_CASE(fields_that_do_not_apply_are_left_out)
{
    const event bare("x.y", level::info, "");
    BOOST_TEST(boost::json::serialize(to_json(bare)) ==
               R"({"time":"1970-01-01T00:00:00.000Z","level":"info","event":"x.y","message":""})");
}

BOOST_AUTO_TEST_CASE(all_standard_fields_come_in_a_fixed_order)
{
    event e("x.y", level::error, "m");
    e.item = "i", e.provider = "p", e.account = "a", e.kind = "k", e.run = "r", e.job = "j";
    const auto text = boost::json::serialize(to_json(e));
    BOOST_TEST(text.ends_with(R"("job":"j","run":"r","kind":"k","account":"a","provider":"p","item":"i"})"), text);
    std::string order;
    for (const auto& [key, value] : standard_fields(e))
        order += std::string(value);
    BOOST_TEST(order == "jrkapi");
}

BOOST_AUTO_TEST_CASE(names_of_identity_are_reserved_and_no_others)
{
    for (const auto* name :
         {"seq", "time", "level", "event", "message", "job", "run", "kind", "account", "provider", "item"})
        BOOST_TEST(is_reserved(name), name);
    for (const auto* name : {"", "Seq", "price", "jobs", "messages", "ITEM"})
        BOOST_TEST(!is_reserved(name), name);
}

BOOST_AUTO_TEST_CASE(every_level_has_a_name_and_they_rise)
{
    std::string all;
    for (auto l : {level::debug, level::info, level::notice, level::warning, level::error})
        all += std::string(name(l)) + " ";
    BOOST_TEST(all == "debug info notice warning error ");
    BOOST_TEST((level::debug < level::info && level::info < level::notice && level::notice < level::warning &&
                level::warning < level::error));
}

BOOST_AUTO_TEST_CASE(a_line_of_json_is_one_line_and_reads_back)
{
    auto e = sample_event();
    e.message = "two\nlines \"quoted\" ş";
    const auto line = to_json_line(e);
    BOOST_TEST(line.ends_with("}\n"));
    BOOST_TEST(line.find('\n') == line.size() - 1);
    BOOST_TEST(boost::json::parse(line).at("message").as_string() == e.message);
}

BOOST_AUTO_TEST_SUITE_END()
