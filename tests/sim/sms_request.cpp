#include "sim/fixture.hpp"

#include "sim/protocols/toplusms/sms_request.hpp"

using namespace sim_test;
namespace toplusms = sim::toplusms;

namespace {

struct request_fixture : sim_fixture {
    request_fixture()
    {
        world().advance(clock.wall_now());
        in.verb = "POST";
        in.raw_target = in.path = "/toplusms/api/v1/sms/send/normal";
        call.emplace(world(), account("toplusms"), in);
    }

    std::size_t mistakes_made() { return std::exchange(call->entry.mistakes, {}).size(); }

    http::incoming_request in;
    std::optional<sim::call> call;
    toplusms::sms_request wanted;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(sms_request_, request_fixture)

BOOST_AUTO_TEST_CASE(lists_of_numbers_are_cut_at_their_separators)
{
    const struct {
        const char *list, *separators;
        bool loose;
        std::size_t numbers, mistakes;
    } table[] = {
        {"", ",\n", false, 0, 0},
        {"5551112233", ",\n", false, 1, 0},
        {"5551112233,5552223344", ",\n", false, 2, 0},
        {"5551112233\r\n5552223344", ",\n", false, 2, 0},
        {"5551112233,+905552223344", ",\n", false, 1, 1},
        {"5551112233,+905552223344", ",", true, 2, 0},
        {"5551112233,", ",\n", false, 1, 0},
        {"5551112233,,5552223344", ",\n", false, 2, 1},
        {"5551112233,5551112233", ",\n", false, 2, 1},
        {"123", ",", true, 0, 1},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.list)
        {
            wanted.numbers.clear();
            toplusms::read_numbers(*call, t.list, t.separators, t.loose, wanted);
            BOOST_TEST(wanted.numbers.size() == t.numbers);
            BOOST_TEST(mistakes_made() == t.mistakes);
        }
}

BOOST_AUTO_TEST_CASE(a_validity_is_one_to_forty_eight_hours)
{
    const struct {
        std::optional<std::string_view> text;
        std::int64_t hours;
        std::size_t mistakes;
    } table[] = {{{}, 48, 0}, {"", 48, 0}, {"1", 1, 0}, {"48", 48, 0}, {"0", 48, 1}, {"49", 48, 1}, {"x", 48, 1}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.text.value_or("(none)"))
        {
            wanted.validity = 48;
            toplusms::read_validity(*call, t.text, wanted);
            BOOST_TEST(wanted.validity == t.hours);
            BOOST_TEST(mistakes_made() == t.mistakes);
        }
}

BOOST_AUTO_TEST_CASE(a_date_is_later_or_now)
{
    BOOST_TEST(toplusms::read_due(*call, "", wanted));
    BOOST_TEST((wanted.due == noon()));
    BOOST_TEST(toplusms::read_due(*call, "2026-11-22 18:00:00", wanted));
    BOOST_TEST((wanted.due == noon() + 6h));
    BOOST_TEST(wanted.scheduled);
    BOOST_TEST(toplusms::read_due(*call, "2026-11-22 11:00:00", wanted));
    BOOST_TEST((wanted.due == noon()));
    BOOST_TEST(!wanted.scheduled);
    BOOST_TEST(mistakes_made() == 0u);
    BOOST_TEST(!toplusms::read_due(*call, "22.11.2026", wanted));
    BOOST_TEST(mistakes_made() == 1u);
}

BOOST_AUTO_TEST_CASE(a_text_costs_its_segments_by_its_encoding)
{
    const struct {
        const char* encoding;
        std::string text;
        std::int64_t segments;
        std::size_t mistakes;
    } table[] = {
        {"en", std::string(100, 'a'), 1, 0}, {"en", std::string(200, 'a'), 2, 0}, {"en", "ğ", 1, 1},
        {"tr", std::string(100, 'a'), 1, 0}, {"tr", std::string(160, 'a'), 2, 0}, {"tr", "ğüşıöç", 1, 0},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.encoding << ", " << t.text.size() << " bytes")
        {
            wanted.encoding = t.encoding;
            wanted.text = t.text;
            BOOST_TEST(toplusms::count_segments(*call, wanted) == t.segments);
            BOOST_TEST(mistakes_made() == t.mistakes);
        }
}

BOOST_AUTO_TEST_CASE(the_first_problem_of_the_content_is_answered)
{
    auto code = [this] {
        const auto problem = toplusms::content_problem(*call, wanted);
        return problem ? at(*problem, "/errorCode") : std::string("none");
    };
    BOOST_TEST(code() == "4");
    wanted.caption = "TOPLUSMS.TC";
    BOOST_TEST(code() == "7");
    wanted.encoding = "tr";
    BOOST_TEST(code() == "2");
    wanted.text = "x";
    BOOST_TEST(code() == "5");
    wanted.numbers = {5551112233};
    BOOST_TEST(code() == "none");
}

BOOST_AUTO_TEST_SUITE_END()
