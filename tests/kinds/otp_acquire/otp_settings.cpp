#include "kinds/otp_acquire/settings.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

BOOST_AUTO_TEST_SUITE(otp_settings_)

namespace {

using namespace ulak;
using namespace ulak::tests;

struct settings_world : otp_world {
    settings_world()
    {
        sells_numbers("tamonay").cancels = false;
        has_balance("other");
    }
    static std::string job(const std::string& candidate, const std::string& more = "")
    {
        return "version: 1\nkind: otp.acquire\nbudget: {run: 20 TRY}\ncandidates: [" + candidate + "]\n" + more;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_loader_says_what_cannot_work, settings_world)
{
    struct row {
        std::string yaml, code;
    };
    const std::string usual = "{account: numbers, service: \"3\"}";
    for (const row& r : std::vector<row>{
             {job("{account: tamonay, service: \"1\", max_price: 4 TRY}"), "U0403"},
             {job("{account: numbrs, service: \"1\"}"), "U0401"},
             {job("{account: other, service: \"1\"}"), "U0402"},
             {job("{account: numbers, service: \"1\", max_price: 5 USD}"), "U0406"},
             {job("{account: numbers, service: \"${nothing}\"}"), "U0407"},
             {job(usual, "wait: {code: 10m}\n"), "U0404"},
             {job(usual, "wait: {code: 9m1s}\n"), "U0404"},
             {job(usual, "wait: {code: 25m}\n"), "U0425"},
             {job(usual, "match: \"(\"\n"), "U0405"},
             {job(usual, "match: \"" + std::string(501, 'x') + "\"\n"), "U0405"},
         }) {
        BOOST_TEST_CONTEXT(r.yaml)
        {
            BOOST_TEST((load(r.yaml) == nullptr));
            BOOST_TEST(reported(r.code));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(what_can_work_is_loaded, settings_world)
{
    const std::string usual = "{account: numbers, service: \"3\"}";
    for (const std::string& yaml :
         {job(usual), job(usual, "wait: {code: 9m}\n"), job(usual, "match: \"" + std::string(500, 'x') + "\"\n"),
          job("{account: tamonay, service: \"1\", on_timeout: abandon}"),
          job(usual + ", {account: tamonay, service: \"1\", on_timeout: abandon}", "prefer: price\nattempts: 20\n")})
        BOOST_TEST((load(yaml) != nullptr), yaml);
}

BOOST_AUTO_TEST_CASE(a_poll_a_cancel_and_a_retry_need_a_minute_or_a_tenth_of_the_window)
{
    using kinds::otp::cancel_margin;
    BOOST_TEST((cancel_margin(10min) == 60s));
    BOOST_TEST((cancel_margin(20min) == 60s));
    BOOST_TEST((cancel_margin(5min) == 30s));
    BOOST_TEST((cancel_margin(0s) == 0s));
}

BOOST_AUTO_TEST_SUITE_END()
