#include "ulakd/settings.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(settings_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

struct config {
    tests::folder dir{};
    yaml::problems found{};

    std::optional<settings> load(const std::string& text, bool literals = false)
    {
        found.clear();
        return load_settings(dir.write("ulak.yaml", text), literals, found);
    }

    bool said(const std::string& code, std::size_t line, std::size_t column) const
    {
        return std::any_of(found.begin(), found.end(), [&](const yaml::problem& p) {
            return p.code == code && p.at.line == line && p.at.column == column;
        });
    }

    std::string all() const
    {
        std::string text;
        for (const yaml::problem& p : found)
            text += yaml::to_text(p);
        return text;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_shortest_file_gives_the_documented_defaults, config)
{
    auto s = load("version: 1\n");
    BOOST_REQUIRE_MESSAGE(s, all());
    BOOST_TEST(s->zone.name() == "Europe/Istanbul");
    BOOST_TEST(s->state_dir == "/var/lib/ulak");
    BOOST_TEST(s->jobs_dir == dir.at("jobs.d"));
    BOOST_TEST(s->socket == "/run/ulak/ulak.sock");
    BOOST_TEST(s->view_socket == "/run/ulak/view.sock");
    BOOST_TEST(s->metrics_port == 0);
    BOOST_TEST((s->retention.runs == std::chrono::hours(24 * 90)));
    BOOST_TEST((s->retention.codes == std::chrono::minutes(10)));
}

BOOST_FIXTURE_TEST_CASE(two_names_of_one_login_are_told_and_two_logins_are_not, config)
{
    const std::string first = "version: 1\naccounts:\n  bulk: {provider: tamonay, token: t1t1t1t1}\n";
    BOOST_REQUIRE_MESSAGE(load(first + "  same: {provider: tamonay, token: t1t1t1t1, base_url: "
                                       "\"https://WWW.tamonay.com:443/api/v1/\"}\n",
                               true),
                          all());
    BOOST_TEST(said("U0515", 4, 9), all());
    BOOST_TEST(all().find("accounts bulk and same have one login: they are one wallet") != std::string::npos, all());
    BOOST_TEST(all().find("t1t1t1t1, base_url") == std::string::npos, all()); // the line would show the secret
    BOOST_REQUIRE(load(first + "  other: {provider: tamonay, token: t2t2t2t2}\n", true));
    BOOST_TEST(found.empty(), all());
    BOOST_REQUIRE(
        load(first + "  other: {provider: tamonay, token: t1t1t1t1, base_url: \"https://b.example\"}\n", true));
    BOOST_TEST(found.empty(), all());
}

BOOST_FIXTURE_TEST_CASE(codes_without_a_job_file_have_a_small_budget_unless_the_file_says_otherwise, config)
{
    const struct {
        const char *line, *max_price, *day;
    } table[] = {{"", "50.00 TRY", "500.00 TRY"},
                 {"otp: {max_price: 12 TRY}\n", "12.00 TRY", "500.00 TRY"},
                 {"otp: {day: 20 TRY}\n", "20.00 TRY", "20.00 TRY"}, // one number is no more than a day
                 {"otp: {max_price: 2 USD, day: 9 USD}\n", "2.00 USD", "9.00 USD"}};
    for (const auto& t : table) {
        auto s = load(std::string("version: 1\n") + t.line);
        BOOST_REQUIRE_MESSAGE(s, all());
        BOOST_TEST(s->otp.max_price.text() == t.max_price, t.line);
        BOOST_TEST(s->otp.day.text() == t.day, t.line);
    }
    for (const char* line : {"otp: {max_price: 600 TRY}\n", "otp: {max_price: 21 TRY, day: 20 TRY}\n",
                             "otp: {day: 20 USD}\n", "otp: {day: 0 TRY}\n", "otp: {max_price: 0 TRY}\n"}) {
        found.clear();
        BOOST_TEST(!load(std::string("version: 1\n") + line), line);
        BOOST_TEST(all().find("U0511") != std::string::npos, line << all());
    }
}

BOOST_FIXTURE_TEST_CASE(paths_are_relative_to_the_file, config)
{
    auto s = load("version: 1\nstate_dir: state\njobs_dir: ./jobs/../more\ncontrol: {socket: run/u.sock}\n");
    BOOST_REQUIRE_MESSAGE(s, all());
    BOOST_TEST(s->state_dir == dir.at("state"));
    BOOST_TEST(s->jobs_dir == dir.at("more"));
    BOOST_TEST(s->socket == dir.at("run/u.sock"));
    BOOST_TEST(s->view_socket == dir.at("run/view.sock"));
}

BOOST_FIXTURE_TEST_CASE(an_account_carries_its_own_keys_and_secrets, config)
{
    dir.write("secrets/k", "the key");
    auto s = load(
        "version: 1\naccounts:\n  n: {provider: smmonayim-numbers, key: {secret: k}, shared: false, purchases: 2,\n"
        "      budget: {day: 300 TRY}, timeout: 12s, pace: 20 requests/s, cancel: {free_until: 5m}}\n");
    BOOST_REQUIRE_MESSAGE(s, all());
    BOOST_REQUIRE(s->accounts.size() == 1);
    const providers::account_settings& a = s->accounts.front();
    BOOST_TEST(a.secrets.at("key").reveal() == "the key");
    BOOST_TEST(!a.shared);
    BOOST_TEST(a.purchases.value() == 2);
    BOOST_TEST(a.day_budget->text() == "300.00 TRY");
    BOOST_TEST(a.timeout->count() == 12'000);
    BOOST_TEST(a.pace->per_second == 20.0);
    BOOST_TEST(a.options.at("cancel.free_until") == "5m");
}

BOOST_FIXTURE_TEST_CASE(all_problems_are_told_at_once_with_their_places, config)
{
    BOOST_TEST(!load("version: 1\n"
                     "time_zone: Europe/Istambul\n"
                     "accounts:\n"
                     "  a: {provider: toplusmz}\n"
                     "  b: {provider: tamonay, key: {secret: x}, token: {secret: gone}}\n"
                     "channels:\n"
                     "  c: {}\n"));
    BOOST_TEST(said("U0502", 2, 12), all());
    BOOST_TEST(said("U0207", 4, 17), all());
    BOOST_TEST(said("U0504", 5, 31), all());
    BOOST_TEST(said("U0506", 5, 51), all());
    BOOST_TEST(said("U0509", 7, 6), all());
    BOOST_TEST(all().find("did you mean `toplusms`") != std::string::npos, all());
}

BOOST_FIXTURE_TEST_CASE(a_literal_secret_is_refused_without_its_line, config)
{
    const std::string text = "version: 1\naccounts:\n  t: {provider: tamonay, token: do-not-show-this}\n";
    BOOST_TEST(!load(text));
    BOOST_TEST(said("U0505", 3, 33), all());
    BOOST_TEST(all().find("do-not-show-this") == std::string::npos);
    BOOST_TEST(load(text, true).has_value(), all());
}

BOOST_FIXTURE_TEST_CASE(only_https_is_spoken, config)
{
    BOOST_TEST(!load(
        "version: 1\naccounts:\n  t: {provider: tamonay, token: x, base_url: \"http://example.com/api/v1\"}\n", true));
    BOOST_TEST(said("U0508", 3, 46), all());
}

BOOST_FIXTURE_TEST_CASE(a_channel_has_one_way_that_works, config)
{
    BOOST_TEST(!load("version: 1\nchannels:\n"
                     "  a: {webhook: \"http://example.com\"}\n"
                     "  b: {exec: [cat]}\n"
                     "  c: {sms: {account: nobody, sender: MARKA, to: [\"4551112233\"]}}\n"
                     "  d: {exec: [/bin/cat], webhook: \"https://example.com\"}\n"));
    BOOST_TEST(said("U0508", 3, 16), all());
    BOOST_TEST(said("U0510", 4, 13), all());
    BOOST_TEST(said("U0513", 5, 22), all());
    BOOST_TEST(said("U0511", 5, 50), all());
    BOOST_TEST(said("U0509", 6, 6), all());
}

BOOST_AUTO_TEST_SUITE_END()
