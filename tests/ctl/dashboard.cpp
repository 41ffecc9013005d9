#include "ulakctl/dashboard.hpp"

#include "core/text.hpp"
#include "core/wall_time.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(dashboard_)

using namespace ulak;
using namespace ulak::ctl;
namespace json = boost::json;

namespace {

json::object account(const std::string& name)
{
    return {{"account", name},   {"provider", "toplusms"}, {"balance", "5000"},
            {"unit", "credits"}, {"per_hour", "12"},       {"at", "2026-11-22T09:00:00Z"}};
}

json::object run(int n)
{
    return {{"id", "01JD000000000000000000000" + std::to_string(n % 10)},
            {"job", "orders-on-the-way"},
            {"kind", "sms.send"},
            {"state", "running"},
            {"started_at", "2026-11-22T08:59:00Z"},
            {"counts", json::object{{"total", 1000}, {"skipped", 0}, {"pending", 488}, {"delivered", 100}}}};
}

dashboard_data busy(int runs, int open)
{
    dashboard_data seen;
    json::array accounts, next;
    for (const char* name : {"bulk", "ilet", "numbers", "panel", "tamonay"})
        accounts.push_back(account(name));
    next.push_back(json::object{{"at", "2026-11-22T10:00:00Z"},
                                {"local", "2026-11-22T13:00:00+03:00"},
                                {"job", "orders-on-the-way"},
                                {"reason", "cron 0 10 * * *"}});
    seen.status = {{"version", "0.1.0"},   {"uptime", "3h"},
                   {"running", runs},      {"jobs", json::object{{"total", 4}, {"broken", 1}, {"paused", 0}}},
                   {"accounts", accounts}, {"next", next}};
    for (int i = 0; i < runs; ++i)
        seen.runs.push_back(run(i));
    for (int i = 0; i < open; ++i)
        seen.attention.push_back(
            json::object{{"id", "01JE0000000000000000000000"},
                         {"at", "2026-11-22T08:00:00Z"},
                         {"kind", "sms.send"},
                         {"job", "campaign"},
                         {"account", "bulk"},
                         {"amount", json::object{{"amount", "3"}, {"unit", "credits"}}},
                         {"evidence", "no answer came, and the list of reports does not show it"}});
    return seen;
}

std::vector<std::string> drawn(const dashboard_data& seen, std::size_t width, std::size_t height)
{
    screen s;
    s.terminal = true;
    s.width = width;
    const auto now = parse_rfc3339("2026-11-22T09:00:30Z").value();
    return render(seen, s, height, now);
}

bool shows(const std::vector<std::string>& lines, const std::string& text)
{
    return std::any_of(lines.begin(), lines.end(), [&](const auto& l) { return l.find(text) != std::string::npos; });
}

} // namespace

BOOST_AUTO_TEST_CASE(it_fits_every_terminal)
{
    for (std::size_t width : {160u, 100u, 80u, 60u})
        for (std::size_t height : {60u, 24u, 16u, 10u, 5u, 1u})
            for (int runs : {0, 1, 30})
                BOOST_TEST_CONTEXT(width << "x" << height << " with " << runs)
                {
                    const auto lines = drawn(busy(runs, 2), width, height);
                    BOOST_TEST(lines.size() <= height);
                    for (const std::string& line : lines)
                        BOOST_TEST(count_code_points(line) <= width, line);
                }
}

BOOST_AUTO_TEST_CASE(a_usual_terminal_shows_everything)
{
    const auto lines = drawn(busy(1, 0), 80, 24);
    for (const char* text : {"ulakd 0.1.0", "4 jobs (1 broken)", "bulk", "5000 credits", "1 under way", "1m30s",
                             "512/1000 sent", "cron 0 10 * * *"})
        BOOST_TEST(shows(lines, text), text);
    BOOST_TEST(!shows(lines, "ATTENTION"));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_held_is_said_first)
{
    auto seen = busy(1, 0);
    seen.status["store"] = json::object{{"state", "held"}, {"reason", "it is a copy"}};
    for (std::size_t height : {24u, 2u}) {
        const auto lines = drawn(seen, 80, height);
        BOOST_TEST(lines.size() <= height);
        BOOST_TEST(lines.at(1) == "the store is held: it is a copy");
    }
    seen.status["store"] = json::object{{"state", "ok"}, {"reason", nullptr}};
    BOOST_TEST(!shows(drawn(seen, 80, 24), "the store"));
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_said_and_a_person_s_matters_stay)
{
    const auto lines = drawn(busy(30, 2), 80, 20);
    BOOST_TEST(shows(lines, "more"));
    BOOST_TEST(shows(lines, "01JE0000000000000000000000"));
}

BOOST_AUTO_TEST_SUITE_END()
