#include "kinds/sms_send/send_estimate.hpp"

#include "kinds/sms_stage_world.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sms_send_estimate_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;

struct estimate_world : sms_stage_world {
    std::int64_t requests(const std::vector<ledger::item_record>& items)
    {
        sms::send_estimate e(settings, *account("bulk").sms, "Merhaba");
        e.add(items);
        e.finish();
        return e.requests();
    }
    std::int64_t seconds(const char* unit, double per_second)
    {
        settings.pace.emplace();
        settings.pace->per_second = per_second;
        settings.pace->unit = unit;
        sms::send_estimate e(settings, *account("bulk").sms, "Merhaba");
        std::vector<ledger::item_record> items;
        for (int i = 0; i < 10; ++i)
            items.push_back(item_at(i));
        items.front().segments = 3;
        e.add(items);
        e.finish();
        return std::chrono::ceil<std::chrono::seconds>(e.pace_time()).count();
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(calls_are_counted_as_the_chunks_make_them, estimate_world)
{
    settings.chunk = 4;
    std::vector<ledger::item_record> alike, named;
    for (int i = 0; i < 10; ++i) {
        alike.push_back(item_at(i));
        named.push_back(item_at(i, item_state::pending, i % 2 == 0 ? "Ali" : "Veli"));
    }
    alike.push_back(item_at(10, item_state::skipped));
    BOOST_TEST(requests(alike) == 3);
    BOOST_TEST(requests(named) == 6); // two texts in each of three chunks
    BOOST_TEST(requests({}) == 0);
}

BOOST_FIXTURE_TEST_CASE(the_time_goes_by_the_unit_of_the_pace, estimate_world)
{
    settings.chunk = 4;
    BOOST_TEST(seconds("requests", 1) == 3);
    BOOST_TEST(seconds("recipients", 1) == 10);
    BOOST_TEST(seconds("segments", 1) == 12);
    BOOST_TEST(seconds("segments", 5) == 3);
    settings.pace.reset();
    sms::send_estimate e(settings, *account("bulk").sms, "");
    BOOST_TEST(e.pace_time().count() == 0);
}

BOOST_AUTO_TEST_CASE(sending_rests_while_the_window_is_closed)
{
    job::window w;
    w.from = 9h;
    w.to = 12h;
    const wall_point day = from_unix_ms(std::int64_t(20'000) * 86'400'000);
    const auto ends = [&](std::chrono::minutes begin, std::chrono::minutes needed) {
        return std::chrono::duration_cast<std::chrono::minutes>(sms::end_of_sending(w, day + begin, needed).value() -
                                                                day)
            .count();
    };
    BOOST_TEST(ends(9h, 60min) == 600);
    BOOST_TEST(ends(8h, 60min) == 600);
    BOOST_TEST(ends(11h, 60min) == 720);
    BOOST_TEST(ends(11h, 61min) == 24 * 60 + 541);
    BOOST_TEST(ends(9h, 400min) == 2 * 24 * 60 + 580);
    BOOST_TEST((sms::end_of_sending({}, day, 5min) == day + 5min));
    w.days.fill(false);
    BOOST_TEST(!sms::end_of_sending(w, day, 5min).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
