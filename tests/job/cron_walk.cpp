#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>
#include <sstream>
#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(cron_walk_)

namespace {

using std::chrono::minutes;

/// A second reading of cron, as plain as can be: one field against one value.
bool fits(const std::string& field, int value, int least)
{
    std::stringstream parts(field);
    for (std::string part; std::getline(parts, part, ',');) {
        auto slash = part.find('/');
        int step = slash == std::string::npos ? 1 : std::stoi(part.substr(slash + 1));
        auto range = part.substr(0, slash);
        auto dash = range.find('-');
        int first = range == "*" ? least : std::stoi(range);
        int last = range == "*" ? 99 : dash == std::string::npos ? first : std::stoi(range.substr(dash + 1));
        if (value >= first && value <= last && (value - first) % step == 0)
            return true;
    }
    return false;
}

struct expression {
    std::string minute, hour, day, month, weekday;

    std::string text() const { return minute + " " + hour + " " + day + " " + month + " " + weekday; }

    bool fits_time(const civil& t) const
    {
        bool d = fits(day, t.day, 1);
        bool w = fits(weekday, t.weekday, 0) || (t.weekday == 0 && fits(weekday, 7, 0));
        bool either = day[0] != '*' && weekday[0] != '*';
        return fits(minute, t.minute, 0) && fits(hour, t.hour, 0) && fits(month, t.month, 1) &&
               (either ? d || w : d && w);
    }
};

struct dice {
    std::mt19937 bits{20261122};

    int roll(int least, int most) { return least + static_cast<int>(bits() % static_cast<unsigned>(most - least + 1)); }

    std::string field(int least, int most, int dense)
    {
        if (roll(0, 9) < dense)
            return roll(0, 2) == 0 ? "*/" + std::to_string(roll(1, most - least)) : "*";
        auto first = roll(least, most);
        auto last = roll(first, most);
        switch (roll(0, 3)) {
        case 0: return std::to_string(first);
        case 1: return std::to_string(first) + "-" + std::to_string(last);
        case 2: return std::to_string(first) + "-" + std::to_string(last) + "/" + std::to_string(roll(1, most - least));
        default: return std::to_string(first) + "," + std::to_string(last) + "," + std::to_string(roll(least, most));
        }
    }

    expression draw() { return {field(0, 59, 3), field(0, 23, 4), field(1, 31, 6), field(1, 12, 8), field(0, 6, 7)}; }
};

/// Every civil minute of the days around, one after the other, through the zone's own rules.
std::set<wall_point> brute_force(const expression& e, const time_zone& there, wall_point begin, wall_point end)
{
    std::set<wall_point> all;
    auto utc = time_zone::utc();
    if (e.hour == "*" || e.hour == "*/1") { // real time: every minute as it comes
        for (auto t = std::chrono::floor<minutes>(begin) + minutes(1); t <= end; t += minutes(1))
            if (e.fits_time(there.to_civil(t)))
                all.insert(t);
        return all;
    }
    auto local = there.to_civil(begin);
    auto as_utc = utc.to_instant(local).at - std::chrono::hours(24);
    for (auto t = as_utc; t < as_utc + (end - begin) + std::chrono::hours(48); t += minutes(1)) {
        auto c = utc.to_civil(t);
        c.second = 0;
        if (!e.fits_time(c))
            continue;
        auto instant = there.to_instant(c);
        if (instant.at > begin && instant.at <= end)
            all.insert(instant.at);
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(next_finds_what_walking_minute_by_minute_finds)
{
    dice d;
    std::size_t firings = 0;
    for (auto [where, begin] : {std::pair("Europe/Berlin", "2026-03-27T10:17:00Z"),
                                {"Europe/Berlin", "2026-10-23T10:17:31Z"},
                                {"America/New_York", "2026-03-06T10:17:00Z"},
                                {"America/New_York", "2026-10-31T05:17:00Z"},
                                {"Europe/Istanbul", "2028-02-27T10:17:00Z"},
                                {"UTC", "2026-12-29T23:59:00Z"}})
        for (int round = 0; round < 25; ++round) {
            auto e = d.draw();
            BOOST_TEST_CONTEXT(where << " " << e.text())
            {
                auto there = zone(where);
                auto from = at(begin);
                auto to = from + std::chrono::hours(24 * 4);
                std::set<wall_point> found;
                auto parsed = cron::parse(e.text()).value();
                for (auto f = parsed.next(from, there); f && f->at <= to; f = parsed.next(f->at, there))
                    BOOST_REQUIRE(found.insert(f->at).second);
                BOOST_TEST((found == brute_force(e, there, from, to)));
                firings += found.size();
            }
        }
    BOOST_TEST(firings > 1000u);
}

BOOST_AUTO_TEST_CASE(next_always_moves_forward)
{
    dice d;
    auto there = zone("Europe/Berlin");
    for (int round = 0; round < 300; ++round) {
        auto parsed = cron::parse(d.draw().text()).value();
        auto mark = at("2026-01-01T00:00:00Z") + std::chrono::seconds(d.roll(0, 31'536'000));
        for (int i = 0; i < 50; ++i) {
            auto f = parsed.next(mark, there);
            if (!f)
                break;
            BOOST_REQUIRE((f->at > mark));
            BOOST_REQUIRE((f->at.time_since_epoch() % minutes(1) == std::chrono::milliseconds(0)));
            mark = f->at;
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
